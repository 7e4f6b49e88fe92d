package io.tailrace.benchmarks.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results as a chart in SVG: a group of bars for each measure, a bar for each contender, a line from the least to the greatest. */
public final class BarChart {
    private static final int WIDTH = 860;
    private static final int LABEL_WIDTH = 170;
    private static final int BAR_WIDTH = 500;
    private static final int BAR_HEIGHT = 18;
    private static final int ROW_HEIGHT = 26;
    private static final int TITLE_HEIGHT = 34;

    private final Results results;
    private final List<String> ours;
    private final StringBuilder svg = new StringBuilder();
    private int y = TITLE_HEIGHT;

    private BarChart(Results results, List<String> ours) {
        this.results = results;
        this.ours = ours;
    }

    /**
     * Draws them.
     *
     * @param results what was measured
     * @param measures the groups of bars
     * @param ours contenders whose bars have another colour
     * @return an SVG document
     */
    public static String of(Results results, List<Measure> measures, List<String> ours) {
        return new BarChart(results, ours).draw(measures);
    }

    private String draw(List<Measure> measures) {
        text(10, 22, "font-weight=\"bold\"", results.title());
        measures.forEach(this::group);
        for (Map.Entry<String, String> fact : results.setup().entrySet()) {
            y += 16;
            text(10, y, "fill=\"#666\" font-size=\"11\"", fact.getKey() + ": " + fact.getValue());
        }
        y += 20;
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                        .formatted(WIDTH, y, WIDTH, y)
                + " font-family=\"sans-serif\" font-size=\"13\">\n"
                + "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
                + svg
                + "</svg>\n";
    }

    private void group(Measure measure) {
        double greatest = results.contenders().stream()
                .flatMap(contender -> results.spread(contender, measure).stream())
                .mapToDouble(Spread::max)
                .max()
                .orElse(0);
        if (greatest <= 0) {
            return;
        }
        y += 22;
        text(10, y, "font-weight=\"bold\"", measure.title());
        y += 10;
        for (String contender : results.contenders()) {
            results.spread(contender, measure).ifPresent(spread -> bar(contender, measure, spread, greatest));
        }
    }

    private void bar(String contender, Measure measure, Spread spread, double greatest) {
        double scale = BAR_WIDTH / greatest;
        int middle = y + BAR_HEIGHT / 2;
        text(10, y + 14, "", contender);
        shape(
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>\n",
                LABEL_WIDTH, y, spread.median() * scale, BAR_HEIGHT, ours.contains(contender) ? "#1f77b4" : "#b8c4ce");
        shape(
                "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#333\" stroke-width=\"2\"/>\n",
                LABEL_WIDTH + spread.min() * scale, middle, LABEL_WIDTH + spread.max() * scale, middle);
        text(LABEL_WIDTH + BAR_WIDTH + 10, y + 14, "", measure.show(spread));
        y += ROW_HEIGHT;
    }

    private void shape(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }

    private void text(int x, int baseline, String attributes, String text) {
        shape("<text x=\"%d\" y=\"%d\" %s>%s</text>\n", x, baseline, attributes, escaped(text));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
