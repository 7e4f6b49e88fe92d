package io.tailrace.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Results as tables for a terminal. */
public final class TextTable {
    private TextTable() {}

    /**
     * Writes all of it.
     *
     * @param results what was measured
     * @param measures the columns
     * @param compared those of which there are ratios
     * @param ours those that are compared with each of the others
     * @return several lines
     */
    public static String of(Results results, List<Measure> measures, List<Measure> compared, List<String> ours) {
        StringBuilder text = new StringBuilder(results.title()).append('\n');
        results.setup()
                .forEach((name, value) -> text.append("  ")
                        .append(name)
                        .append(": ")
                        .append(value)
                        .append('\n'));
        text.append("\nmedian (least–greatest) of ")
                .append(results.rounds().size())
                .append(results.rounds().size() == 1 ? " round\n" : " rounds\n");
        text.append(render(values(results, measures)));
        ours.stream()
                .filter(results.contenders()::contains)
                .forEach(mine -> text.append('\n').append(render(ratios(results, compared, mine))));
        results.missing()
                .forEach((name, why) -> text.append("\nnot measured: ")
                        .append(name)
                        .append(": ")
                        .append(why));
        return text.append('\n').toString();
    }

    private static List<List<String>> values(Results results, List<Measure> measures) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("", measures.stream().map(Measure::title).toList()));
        for (String contender : results.contenders()) {
            rows.add(row(
                    contender,
                    measures.stream()
                            .map(measure -> show(measure, results.spread(contender, measure)))
                            .toList()));
        }
        return rows;
    }

    private static String show(Measure measure, Optional<Spread> spread) {
        return spread.map(measure::show).orElse("-");
    }

    private static List<List<String>> ratios(Results results, List<Measure> compared, String mine) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row(mine + " ÷", compared.stream().map(Measure::title).toList()));
        Measure ratio = new Measure("ratio", "", 1, 2);
        for (String other : results.contenders()) {
            if (!other.equals(mine)) {
                rows.add(row(
                        other,
                        compared.stream()
                                .map(measure -> show(ratio, results.ratio(mine, other, measure)))
                                .toList()));
            }
        }
        return rows;
    }

    private static List<String> row(String first, List<String> others) {
        List<String> row = new ArrayList<>(List.of(first));
        row.addAll(others);
        return row;
    }

    private static String render(List<List<String>> rows) {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(column -> pad(row.get(column), widths[column], column > 0))
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String pad(String text, int width, boolean right) {
        String spaces = " ".repeat(width - text.length());
        return right ? spaces + text : text + spaces;
    }
}
