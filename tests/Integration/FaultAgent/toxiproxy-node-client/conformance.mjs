// Plays toxiproxy-node-client against the agent at the address of the first argument: every call that the client has, with
// real traffic through the proxies. Ends with 0 when all of it held; each line says what was seen.
import net from "node:net";
import assert from "node:assert/strict";
import { Toxiproxy, ToxiproxyError } from "toxiproxy-node-client";

const [address, token] = process.argv.slice(2);
const plain = globalThis.fetch;
globalThis.fetch = (url, options = {}) =>
    plain(url, { ...options, headers: { ...options.headers, authorization: `Bearer ${token}` } });

const client = new Toxiproxy(address);
const echo = net.createServer((socket) => socket.on("error", () => {}).pipe(socket));
await new Promise((done) => echo.listen(0, "127.0.0.1", done));
const upstream = `127.0.0.1:${echo.address().port}`;

const step = async (name, work) => {
    await work();
    console.log(`ok ${name}`);
};

const connect = (proxy) =>
    new Promise((done, failed) => {
        const [host, port] = proxy.listen.split(":");
        const socket = net.connect(Number(port), host, () => done(socket));
        socket.on("error", failed);
    });

// Sends and waits for as much to come back; how long that took, in milliseconds.
const roundTrip = (socket, size = 1) =>
    new Promise((done, failed) => {
        const began = performance.now();
        let seen = 0;
        socket.on("data", (data) => {
            seen += data.length;
            if (seen >= size) done(performance.now() - began);
        });
        socket.once("close", () => failed(new Error("closed")));
        socket.write(Buffer.alloc(size, 1));
    });

const closed = (socket) =>
    new Promise((done) => {
        let error;
        socket.on("error", (e) => (error = e.code));
        socket.on("close", () => done(error));
        socket.resume();
    });

const refused = async (work, status) => {
    const error = await work().then(
        () => assert.fail("was not refused"),
        (e) => e,
    );
    assert.ok(error instanceof ToxiproxyError, `${error}`);
    assert.match(error.message, new RegExp(`status code ${status}`));
};

const toxic = async (proxy, type, attributes, check, stream = "downstream") => {
    const made = await proxy.addToxic({ name: `${type}-1`, type, stream, toxicity: 1, attributes });
    assert.deepEqual([made.name, made.type, made.stream, made.toxicity], [`${type}-1`, type, stream, 1]);
    for (const [name, value] of Object.entries(attributes)) assert.equal(made.attributes[name], value);
    const read = await proxy.getToxic(made.name);
    assert.deepEqual(read.toJson(), made.toJson());
    await check(made);
    await (await proxy.getToxic(made.name)).remove();
    await refused(() => proxy.getToxic(made.name), 404);
};

let proxy;
await step("getVersion", async () => assert.match(await client.getVersion(), /2\./));
await step("createProxy", async () => {
    proxy = await client.createProxy({ name: "echo", listen: "127.0.0.1:0", upstream, enabled: true });
    assert.deepEqual([proxy.name, proxy.upstream, proxy.enabled], ["echo", upstream, true]);
    await roundTrip(await connect(proxy));
});
await step("createProxy twice is refused", () =>
    refused(() => client.createProxy({ name: "echo", listen: "127.0.0.1:0", upstream, enabled: true }), 409),
);
await step("get", async () => assert.deepEqual((await client.get("echo")).toJson(), proxy.toJson()));
await step("get of nothing is refused", () => refused(() => client.get("nothing"), 404));
await step("getAll", async () => assert.ok((await client.getAll()).echo));
await step("latency", () =>
    toxic(proxy, "latency", { latency: 300, jitter: 0 }, async () => {
        const took = await roundTrip(await connect(proxy));
        assert.ok(took >= 299, `${took}`);
    }),
);
await step("latency, changed", () =>
    toxic(proxy, "latency", { latency: 60000, jitter: 0 }, async (made) => {
        const changed = await made.update({ attributes: { latency: 200, jitter: 0 } });
        assert.equal(changed.attributes.latency, 200);
        const took = await roundTrip(await connect(proxy));
        assert.ok(took >= 199 && took < 30000, `${took}`);
    }),
);
await step("latency upstream", () =>
    toxic(proxy, "latency", { latency: 200, jitter: 0 }, async () => assert.ok((await roundTrip(await connect(proxy))) >= 199), "upstream"),
);
await step("bandwidth", () =>
    toxic(proxy, "bandwidth", { rate: 100 }, async () => {
        const took = await roundTrip(await connect(proxy), 50_000);
        assert.ok(took >= 350, `${took}`);
    }),
);
await step("slicer", () =>
    toxic(proxy, "slicer", { average_size: 100, size_variation: 0, delay: 10_000 }, async () => {
        const took = await roundTrip(await connect(proxy), 2_000);
        assert.ok(took >= 150, `${took}`);
    }),
);
await step("limit_data", () =>
    toxic(proxy, "limit_data", { bytes: 10 }, async () => {
        const socket = await connect(proxy);
        let seen = 0;
        socket.on("data", (data) => (seen += data.length));
        socket.write(Buffer.alloc(100, 1));
        await closed(socket);
        assert.equal(seen, 10);
    }),
);
await step("timeout", () =>
    toxic(proxy, "timeout", { timeout: 100 }, async () => {
        const socket = await connect(proxy);
        socket.write("lost");
        await closed(socket);
    }),
);
await step("reset_peer", () =>
    toxic(proxy, "reset_peer", { timeout: 0 }, async () => {
        const socket = await connect(proxy).catch((e) => e);
        if (socket instanceof net.Socket) assert.equal(await closed(socket), "ECONNRESET");
    }),
);
await step("slow_close", () =>
    toxic(proxy, "slow_close", { delay: 300 }, async () => {
        const socket = await connect(proxy);
        await roundTrip(socket);
        const began = performance.now();
        socket.end();
        await closed(socket);
        assert.ok(performance.now() - began >= 250);
    }),
);
await step("a toxic of an unknown type is refused", () =>
    refused(() => proxy.addToxic({ name: "x", type: "slowness", stream: "downstream", toxicity: 1, attributes: {} }), 400),
);
await step("update: disabled and enabled", async () => {
    const off = await proxy.update({ enabled: false, listen: proxy.listen, upstream });
    assert.equal(off.enabled, false);
    await assert.rejects(connect(off), { code: "ECONNREFUSED" });
    const on = await proxy.update({ enabled: true, listen: proxy.listen, upstream });
    assert.equal(on.enabled, true);
    await roundTrip(await connect(on));
});
await step("populate", async () => {
    const made = await client.populate([
        { name: "one", listen: "127.0.0.1:0", upstream, enabled: true },
        { name: "two", listen: "127.0.0.1:0", upstream, enabled: true },
    ]);
    assert.deepEqual(Object.keys(made).sort(), ["one", "two"]);
    await roundTrip(await connect(made.one));
});
await step("reset", async () => {
    await proxy.addToxic({ name: "slow", type: "latency", stream: "downstream", toxicity: 1, attributes: { latency: 60000, jitter: 0 } });
    await client.reset();
    await refused(() => proxy.getToxic("slow"), 404);
    await roundTrip(await connect(await client.get("echo")));
});
await step("remove", async () => {
    for (const one of Object.values(await client.getAll())) await one.remove();
    assert.deepEqual(await client.getAll(), {});
});
process.exit(0);
