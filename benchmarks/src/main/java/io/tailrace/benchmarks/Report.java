package io.tailrace.benchmarks;

import io.tailrace.benchmarks.report.BarChart;
import io.tailrace.benchmarks.report.Measure;
import io.tailrace.benchmarks.report.Results;
import io.tailrace.benchmarks.report.ResultsJson;
import io.tailrace.benchmarks.report.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * How results are shown: as tables on the screen, as JSON and as a chart in a folder.
 *
 * @param measures columns, and groups of bars
 * @param compared those of which there are ratios
 * @param ours names of those that are compared with each of the others
 */
record Report(List<Measure> measures, List<Measure> compared, List<String> ours) {
    /**
     * Shows them.
     *
     * @param results what was measured
     * @param out the folder
     * @param name of the files in it, without what tells their types
     */
    void write(Results results, Path out, String name, Consumer<String> screen) throws IOException {
        Files.createDirectories(out);
        Path json = out.resolve(name + ".json");
        Files.writeString(json, ResultsJson.of(results));
        Files.writeString(out.resolve(name + ".svg"), BarChart.of(results, measures, ours));
        screen.accept("");
        screen.accept(TextTable.of(results, measures, compared, ours));
        screen.accept("Written to " + json + " and the .svg beside it");
    }
}
