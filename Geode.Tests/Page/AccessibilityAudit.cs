namespace Geode.Tests.Page;

/// <summary>Runs in the page and lists what someone could not read, reach or understand.</summary>
internal static class AccessibilityAudit
{
    /// <summary>Text needs a contrast of 4.5 to what is behind it (WCAG 2.2, 1.4.3); 3 when it is large or a control is disabled is no text
    /// anyone has to read.</summary>
    public const string Script =
        """
        () => {
            const wrong = [];
            const shown = node => node.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && node.getClientRects().length > 0 && !node.closest('.visually-hidden, .skip');
            const name = node => `${node.tagName.toLowerCase()}${node.id ? '#' + node.id : ''}${typeof node.className === 'string' && node.className ? '.' + node.className.trim().replaceAll(' ', '.') : ''} "${(node.textContent ?? '').trim().slice(0, 40)}"`;

            // Named controls.
            const label = node => (node.getAttribute('aria-label') ?? (node.labels?.[0]?.textContent || null) ?? node.textContent ?? '').trim();
            for (const node of document.querySelectorAll('a[href], button, input, select, textarea, [role=button], [tabindex="0"]')) {
                if (!shown(node)) continue;
                if (!label(node) && !node.getAttribute('aria-labelledby')) wrong.push(`no name: ${name(node)}`);
                const box = node.getBoundingClientRect();
                if (node.matches('button, select, input, textarea') && (box.width < 24 || box.height < 24)) wrong.push(`target below 24 px: ${name(node)} ${box.width}x${box.height}`);
            }
            for (const node of document.querySelectorAll('img:not([alt]), svg[role=img]:not([aria-label])')) wrong.push(`no alternative: ${name(node)}`);
            for (const attribute of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for']) {
                for (const node of document.querySelectorAll(`[${attribute}]`)) {
                    for (const id of node.getAttribute(attribute).split(' ')) if (!document.getElementById(id)) wrong.push(`${attribute} leads nowhere: ${name(node)} ${id}`);
                }
            }
            if ([...document.querySelectorAll('[tabindex]')].some(node => node.tabIndex > 0)) wrong.push('a positive tabindex');
            const ids = [...document.querySelectorAll('[id]')].map(node => node.id);
            for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) wrong.push(`two elements with id ${id}`);

            // Landmarks and headings.
            if (!document.documentElement.lang) wrong.push('no language');
            if (document.querySelectorAll('main').length !== 1) wrong.push('not exactly one main');
            if (document.querySelectorAll('main h1').length !== 1) wrong.push('not exactly one h1');
            let level = 0;
            for (const heading of document.querySelectorAll('main :is(h1, h2, h3, h4)')) {
                if (!heading.checkVisibility()) continue;
                const now = Number(heading.tagName[1]);
                if (now > level + 1) wrong.push(`heading skips from ${level} to ${now}: ${name(heading)}`);
                level = now;
            }

            // Contrast.
            const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
            const rgba = colour => {
                canvas.clearRect(0, 0, 1, 1);
                canvas.fillStyle = colour;
                canvas.fillRect(0, 0, 1, 1);
                const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
                return { rgb: [r, g, b], a: a / 255 };
            };
            const over = (top, below) => top.rgb.map((value, i) => value * top.a + below[i] * (1 - top.a));
            const behind = node => {
                const layers = [];
                for (let at = node; at; at = at.parentElement) {
                    const layer = rgba(getComputedStyle(at).backgroundColor);
                    if (layer.a > 0) layers.push(layer);
                    if (layer.a === 1) break;
                }
                return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
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
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const node = walker.currentNode.parentElement;
                if (!walker.currentNode.data.trim() || !shown(node) || node.closest('svg, noscript, :disabled, option')) continue;
                texts++;
                const style = getComputedStyle(node);
                const size = parseFloat(style.fontSize);
                const large = size >= 24 || size >= 18.66 && Number(style.fontWeight) >= 700;
                const ground = behind(node);
                const ratio = contrast(over(rgba(style.color), ground), ground);
                if (ratio < (large ? 3 : 4.5)) wrong.push(`contrast ${ratio.toFixed(2)}: ${name(node)}`);
            }
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
            return { texts, wrong };
        }
        """;
}
