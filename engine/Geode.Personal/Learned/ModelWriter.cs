using System.Security.Cryptography;
using System.Text;
using Geode.Personal.Scoring;

namespace Geode.Personal.Learned;

/// <summary>A model as bytes; see <see cref="ModelFormat"/>.</summary>
internal static class ModelWriter
{
    public static byte[] Write(TasteModel model)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(ModelFormat.Magic);
        writer.Write(ModelFormat.Version);
        writer.Write(FeatureRows.Width);
        writer.Write(model.Until.UtcTicks);

        var knowledge = model.Knowledge;
        writer.Write(knowledge.Items.Length);
        foreach (var item in knowledge.Items) Write(writer, item);

        Write(writer, knowledge.Implied);
        Write(writer, knowledge.Alike);
        Write(writer, knowledge.Next);
        writer.Write(knowledge.Tags.Length);
        foreach (var tag in knowledge.Tags)
        {
            Write(writer, tag.Name);
            writer.Write(tag.Weight);
        }

        Write(writer, knowledge.TagLinks);
        writer.Write(knowledge.Words.Length);
        foreach (var word in knowledge.Words)
        {
            writer.Write(word.Hash);
            writer.Write(word.Weight);
        }

        foreach (var standing in knowledge.Crowd.Items)
        {
            writer.Write(standing.Popularity);
            writer.Write(standing.Trend);
            writer.Write(standing.Liking);
        }

        foreach (var trend in knowledge.Crowd.TagTrends) writer.Write(trend);
        writer.Write(model.Prior);
        Write(writer, model.Trees);
        writer.Flush();
        writer.Write(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        return stream.ToArray();
    }

    private static void Write(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((ushort)bytes.Length);
        writer.Write(bytes);
    }

    private static void Write(BinaryWriter writer, NeighbourTable table)
    {
        writer.Write(table.Targets.Length);
        for (var row = 0; row < table.Rows; row++)
        {
            writer.Write((ushort)(table.Starts[row + 1] - table.Starts[row]));
            foreach (var target in table.TargetsOf(row)) writer.Write(target);
            foreach (var weight in table.WeightsOf(row)) writer.Write((Half)weight);
        }
    }

    private static void Write(BinaryWriter writer, TreeEnsemble trees)
    {
        writer.Write(trees.Roots.Length);
        writer.Write(trees.Nodes.Length);
        writer.Write(trees.Leaves.Length);
        foreach (var root in trees.Roots) writer.Write(root);
        foreach (var node in trees.Nodes)
        {
            writer.Write((byte)node.Feature);
            writer.Write(node.Threshold);
            writer.Write(node.AtMost);
            writer.Write(node.Above);
        }

        foreach (var leaf in trees.Leaves) writer.Write(leaf);
    }
}
