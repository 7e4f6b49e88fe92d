package io.tailrace.it.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What docs/metrics.md says that there is. */
public final class MetricsPage {

    private static final Path PAGE = Path.of("..", "docs", "metrics.md");
    private static final Pattern FIRST_COLUMN = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

    private MetricsPage() {}

    /**
     * The names in the first column of a table.
     *
     * @param part the table's name
     * @return at least one name
     * @throws IOException if the page can't be read
     */
    public static Set<String> names(String part) throws IOException {
        String page = Files.readString(PAGE);
        String begin = "<!-- generated: " + part + " -->";
        int from = page.indexOf(begin);
        Matcher row = FIRST_COLUMN.matcher(page.substring(from, page.indexOf("<!-- end: " + part, from)));
        Set<String> names = new TreeSet<>();
        while (row.find()) {
            names.add(row.group(1));
        }
        if (names.isEmpty()) {
            throw new IllegalStateException(PAGE + " has no table " + part);
        }
        return names;
    }
}
