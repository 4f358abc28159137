using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Geode.Tests.Page;

/// <summary>Lists what someone could not read, reach or understand: what axe-core finds, and what it does not look at.</summary>
internal static class AccessibilityAudit
{
    /// <summary>WCAG 2.2, levels A and AA, and what axe-core calls best practice.</summary>
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    };

    public static async Task<IReadOnlyList<string>> RunAsync(IPage page)
    {
        var axe = await page.RunAxe(Rules);
        Assert.NotEmpty(axe.Passes);
        var ours = await page.EvaluateAsync<string[]>(Script);
        return
        [
            .. from violation in axe.Violations
               from node in violation.Nodes
               select $"{violation.Id}: {violation.Help}: {node.Html}",
            .. ours,
        ];
    }

    /// <summary>Text on the map needs a contrast of 4.5 to what is behind it (WCAG 2.2, 1.4.3), references an end, ids one bearer, and
    /// nothing is to be wider than the window (1.4.10).</summary>
    private const string Script =
        """
        () => {
            const wrong = [];
            const shown = node => node.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && node.getClientRects().length > 0 && !node.closest('.visually-hidden, .skip');
            const name = node => `${node.tagName.toLowerCase()}${node.id ? '#' + node.id : ''}${typeof node.className === 'string' && node.className ? '.' + node.className.trim().replaceAll(' ', '.') : ''} "${(node.textContent ?? '').trim().slice(0, 40)}"`;

            for (const attribute of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for']) {
                for (const node of document.querySelectorAll(`[${attribute}]`)) {
                    for (const id of node.getAttribute(attribute).split(' ')) if (!document.getElementById(id)) wrong.push(`${attribute} leads nowhere: ${name(node)} ${id}`);
                }
            }
            const ids = [...document.querySelectorAll('[id]')].map(node => node.id);
            for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) wrong.push(`two elements with id ${id}`);

            const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
            const rgba = colour => {
                canvas.clearRect(0, 0, 1, 1);
                canvas.fillStyle = colour;
                canvas.fillRect(0, 0, 1, 1);
                const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
                return { rgb: [r, g, b], a: a / 255 };
            };
            const luminance = rgb => {
                const [r, g, b] = rgb.map(value => (value /= 255) <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4);
                return .2126 * r + .7152 * g + .0722 * b;
            };
            const contrast = (a, b) => {
                const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
                return (light + .05) / (dark + .05);
            };
            let texts = 0;
            // On the map, text lies on the ocean, the land, or the note's own ground.
            for (const node of document.querySelectorAll('.map text')) {
                if (!node.textContent) continue;
                texts++;
                const grounds = node.closest('.note') ? [getComputedStyle(node.parentElement.querySelector('rect')).fill]
                    : [getComputedStyle(node).stroke];
                for (const ground of grounds) {
                    const ratio = contrast(rgba(getComputedStyle(node).fill).rgb, rgba(ground).rgb);
                    if (ratio < 4.5) wrong.push(`contrast ${ratio.toFixed(2)} on the map: ${name(node)}`);
                }
            }

            // Nothing to scroll sideways.
            if (document.documentElement.scrollWidth > innerWidth) {
                const wide = [...document.querySelectorAll('body *')].filter(node => node.getBoundingClientRect().right > innerWidth + 1 && shown(node));
                wrong.push(`wider than the window: ${wide.slice(0, 3).map(name).join(', ')}`);
            }
            return wrong;
        }
        """;
}
