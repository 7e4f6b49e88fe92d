package io.tailrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of scenarios names tests that exist. */
class ScenariosPageTest {

    private static final Path PROJECT = Path.of("..");
    private static final Pattern ROW = Pattern.compile("^\\| (\\d+) \\|", Pattern.MULTILINE);
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final Pattern METHOD = Pattern.compile("\\bvoid (\\w+)\\(");

    @Test
    void namesTestsThatExist() throws IOException {
        Map<String, Set<String>> methods = methods();
        List<String> missing = TEST.matcher(page())
                .results()
                .filter(test -> !methods.getOrDefault(test.group(1), Set.of()).contains(test.group(2)))
                .map(MatchResult::group)
                .toList();
        assertThat(missing).isEmpty();
    }

    @Test
    void hasEveryScenario() throws IOException {
        List<Integer> rows = ROW.matcher(page())
                .results()
                .map(row -> Integer.valueOf(row.group(1)))
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(IntStream.of(24, 14, 6)
                        .flatMap(last -> IntStream.rangeClosed(1, last))
                        .boxed()
                        .toList());
    }

    private static String page() throws IOException {
        return Files.readString(PROJECT.resolve("docs/scenarios.md"));
    }

    /** By the class's name, which no two test classes of this project that matter here have in common. */
    private static Map<String, Set<String>> methods() throws IOException {
        try (Stream<Path> modules = Files.list(PROJECT)) {
            return modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .flatMap(ScenariosPageTest::sources)
                    .collect(Collectors.toMap(
                            source -> source.getFileName().toString().replace(".java", ""),
                            ScenariosPageTest::methodsOf,
                            (one, other) -> {
                                Set<String> both = new HashSet<>(one);
                                both.addAll(other);
                                return both;
                            }));
        }
    }

    private static Stream<Path> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> methodsOf(Path source) {
        try {
            return METHOD.matcher(Files.readString(source))
                    .results()
                    .map(method -> method.group(1))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
