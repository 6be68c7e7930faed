using System.Text.Json;
using System.Text.Json.Nodes;
using Steady.OpenSlo;

namespace Steady.Experiments.Design;

/// <summary>A document as JSON, whichever of the two it is written in; bounded, so that a small text stays a small work.</summary>
public static class Yaml
{
    /// <summary>The document, null when it is empty; or the finding that keeps it from being one.</summary>
    public static (JsonNode? Json, Finding? Broken) ToJson(string text, bool yaml)
    {
        var (documents, broken) = NodeText.Read(text, json: !yaml);
        if (broken is not null)
            return (null, new(broken.Line > 0 ? $"line {broken.Line}" : "$", broken.Message));
        return documents switch
        {
            [] => (null, null),
            [var only] => (ToJson(only), null),
            [_, var second, ..] => (null, new($"line {second.Line}", "Give one document, not several.")),
        };
    }

    public static JsonNode? ToJson(Node node) => JsonNode.Parse(NodeText.ToJson(node, indented: false));

    public static Node FromJson(JsonNode node) =>
        NodeText.Read(node.ToJsonString(JsonSerializerOptions.Default), json: true).Documents[0];
}
