namespace Steady.Budgets.Counts;

/// <summary>The statements that read counts. Minutes are rows until their hour is sealed; what came later stands beside.</summary>
internal static class CountReads
{
    // The two functions keep their plans for as long as a session lives: planning over all parts costs more than reading.
    // Just-in-time compilation is off in them, because it takes a second for what runs in a millisecond.

    /// <summary>Counts as finely as they are kept. A start may come several times: what came after sealing stands beside.</summary>
    internal const string Buckets = """
        create or replace function budgets.count_buckets(sli_name text, since timestamptz, until timestamptz)
        returns table (start timestamptz, seconds int, good bigint, bad bigint)
        language plpgsql stable set jit = off as $body$
        declare
          id int := (select s.id from budgets.count_sli s where s.name = sli_name);
          fine timestamptz := (select k.sealed_until from budgets.count_horizon k);
        begin
          return query
          select t.start, t.seconds::int, t.good, t.bad from budgets.count_ten t
          where t.sli = id and t.start >= greatest(since, fine) and t.start < until
          union all
          select s.hour + (a.n - 1) * interval '1 minute', coalesce(s.seconds[a.n], 60)::int, a.good, a.bad
          from budgets.count_sealed s, unnest(s.good, s.bad) with ordinality as a(good, bad, n)
          where s.sli = id and s.hour > since - interval '1 hour' and s.hour < until and (a.good <> 0 or a.bad <> 0)
            and s.hour + (a.n - 1) * interval '1 minute' >= since and s.hour + (a.n - 1) * interval '1 minute' < until
          union all
          select c.minute, c.seconds::int, c.good, c.bad from budgets.count_correction c
          where c.sli = id and c.sealed and c.minute >= since and c.minute < until;
        end $body$
        """;

    /// <summary>The sum of each piece (indicator, level, since, until) that holds anything.</summary>
    internal const string Sums = """
        create or replace function budgets.count_sums(slis int[], levels smallint[], sinces timestamptz[], untils timestamptz[])
        returns table (n bigint, good bigint, bad bigint) language plpgsql stable set jit = off as $body$
        declare
          fine timestamptz := (select k.sealed_until from budgets.count_horizon k);
        begin
          return query
          select a.n, s.good, s.bad
          from unnest(slis, levels, sinces, untils) with ordinality as a(sli, level, since, until, n),
          lateral (select sum(c.good)::bigint as good, sum(c.bad)::bigint as bad from (
            select t.good, t.bad from budgets.count_ten t
            where a.level = 0 and t.sli = a.sli and t.start >= a.since and t.start < a.until
            union all
            select t.good, t.bad from budgets.count_minute t
            where a.level = 1 and t.sli = a.sli and t.start >= greatest(a.since, fine) and t.start < a.until
            union all
            select m.good, m.bad from budgets.count_sealed t, lateral (
              select sum(e.g)::bigint as good, sum(e.b)::bigint as bad from unnest(
                t.good[greatest(1, 1 + extract(epoch from a.since - t.hour)::int / 60) : extract(epoch from a.until - t.hour)::int / 60],
                t.bad[greatest(1, 1 + extract(epoch from a.since - t.hour)::int / 60) : extract(epoch from a.until - t.hour)::int / 60]
              ) as e(g, b)) m
            where a.level = 1 and t.sli = a.sli and t.hour > a.since - interval '1 hour' and t.hour < a.until
            union all
            select t.good, t.bad from budgets.count_correction t
            where a.level = 1 and t.sealed and t.sli = a.sli and t.minute >= a.since and t.minute < a.until
            union all
            select t.good, t.bad from budgets.count_hour t
            where a.level = 2 and t.sli = a.sli and t.start >= a.since and t.start < a.until
            union all
            select t.good, t.bad from budgets.count_day t
            where a.level = 3 and t.sli = a.sli and t.start >= a.since and t.start < a.until
          ) c) s
          where s.good is not null;
        end $body$
        """;

    internal const string Pieces = "select n, good, bad from budgets.count_sums($1, $2, $3, $4)";

    /// <summary>What came to each stretch after a moment ($5).</summary>
    internal const string Later = """
        select a.n, s.good, s.bad from unnest($1, $2, $3, $4) with ordinality as a(sli, level, since, until, n),
        lateral (select sum(t.good)::bigint as good, sum(t.bad)::bigint as bad from budgets.count_correction t
          where t.sli = a.sli and t.minute >= a.since and t.minute < a.until and t.recorded_at > $5) s
        where s.good is not null
        """;

    /// <summary>The slices of $4 seconds of $1 in [$2, $3) that hold events, as known at $5.</summary>
    internal const string Slices = """
        select date_bin(make_interval(secs => $4), b.start, $2), sum(b.good)::bigint, sum(b.bad)::bigint from (
          select start, good, bad from budgets.count_buckets($1, $2, $3)
          union all
          select c.minute, -c.good, -c.bad from budgets.count_correction c
          where c.sli = (select id from budgets.count_sli where name = $1)
            and c.minute >= $2 and c.minute < $3 and c.recorded_at > $5
        ) b
        group by 1 having sum(b.good) + sum(b.bad) > 0 order by 1
        """;

    /// <summary>Failed buckets of $1 in [$2, $3) that touch an interval.</summary>
    internal const string Failed = """
        select b.start, max(b.seconds), sum(b.bad)::bigint from budgets.count_buckets($1, $2, $3) b
        where b.bad > 0 and exists (
          select 1 from unnest($4, $5) as c(since, until)
          where b.start < c.until and b.start + make_interval(secs => b.seconds) > c.since)
        group by b.start
        """;

    /// <summary>How far indicators have been counted, and by which request.</summary>
    internal const string Marks = """
        select s.name, m.counted_until, m.traceparent from budgets.count_sli s, lateral (
          select d.counted_until, d.traceparent from budgets.count_day d where d.sli = s.id order by d.start desc limit 1) m
        where s.name = any($1)
        """;

    /// <summary>What became visible since a snapshot ($1), whoever stored it.</summary>
    internal const string Changes = """
        select slis, slots, seconds, good, bad from budgets.count_change
        where txid >= pg_snapshot_xmin($1::pg_snapshot) and not pg_visible_in_snapshot(txid, $1::pg_snapshot)
        """;

    /// <summary>What hours hold, by slots of ten seconds, as finely as they are kept.</summary>
    internal const string Hours = """
        select a.n, array_agg((extract(epoch from b.start - a.hour) / 10)::int), array_agg(b.good), array_agg(b.bad)
        from unnest($1, $2) with ordinality as a(sli, hour, n) join budgets.count_sli s on s.id = a.sli,
        lateral budgets.count_buckets(s.name, a.hour, a.hour + interval '1 hour') b
        group by a.n
        """;
}
