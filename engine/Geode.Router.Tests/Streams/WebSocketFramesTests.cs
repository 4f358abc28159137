using Geode.Router.Streams;

namespace Geode.Router.Tests.Streams;

public sealed class WebSocketFramesTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(5, false)]
    [InlineData(125, true)]
    [InlineData(126, false)]
    [InlineData(70_000, true)]
    public void A_frame_ends_where_it_ends_however_it_is_cut(int payload, bool masked)
    {
        var frame = Frame(payload, masked);
        foreach (var cut in new[] { 1, 2, 3, 7, 4096, frame.Length })
        {
            var frames = new WebSocketFrames();
            for (var round = 0; round < 2; round++)
            {
                for (var at = 0; at < frame.Length; at += cut)
                {
                    Assert.Equal(at == 0, frames.AtBoundary);
                    frames.Advance(frame.AsSpan(at, Math.Min(cut, frame.Length - at)));
                }

                Assert.True(frames.AtBoundary);
            }
        }
    }

    [Fact]
    public void Several_frames_in_one_piece_are_followed()
    {
        var frames = new WebSocketFrames();
        frames.Advance([.. Frame(3, false), .. Frame(300, false), .. Frame(1, false)[..2]]);
        Assert.False(frames.AtBoundary);
        frames.Advance([0]);
        Assert.True(frames.AtBoundary);
    }

    private static byte[] Frame(int payload, bool masked)
    {
        var mask = masked ? 0x80 : 0;
        byte[] head = payload < 126 ? [0x82, (byte)(mask | payload)]
            : payload <= ushort.MaxValue ? [0x82, (byte)(mask | 126), (byte)(payload >> 8), (byte)payload]
            : [0x82, (byte)(mask | 127), 0, 0, 0, 0, (byte)(payload >> 24), (byte)(payload >> 16), (byte)(payload >> 8), (byte)payload];
        return [.. head, .. masked ? new byte[4] : [], .. new byte[payload]];
    }
}
