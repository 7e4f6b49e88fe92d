package io.tailrace.servers;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The Java installations of this machine. */
final class JavaHomes {

    static final String VARIABLE = "TAILRACE_JAVA21_HOME";

    private static final List<String> INSTALLED_UNDER = List.of(
            "/usr/lib/jvm",
            "/Library/Java/JavaVirtualMachines",
            System.getProperty("user.home") + "/.sdkman/candidates/java");

    private JavaHomes() {}

    /**
     * Versions of Java that a server runs on.
     *
     * @param from the least feature version, such as 21
     * @param to the last one
     */
    record Range(int from, int to) {

        static Range atLeast(int from) {
            return new Range(from, Integer.MAX_VALUE);
        }

        boolean holds(int version) {
            return version >= from && version <= to;
        }

        @Override
        public String toString() {
            return from + (to == Integer.MAX_VALUE ? " or newer" : " to " + to);
        }
    }

    /**
     * An installation of some version: the running one if it will do.
     *
     * @param range which versions will do
     * @param usable which installations may be taken
     * @throws MissingJavaException if there is none
     */
    static Path find(Range range, Predicate<Path> usable) {
        return candidates()
                .filter(home -> range.holds(version(home)))
                .filter(usable)
                .findFirst()
                .orElseThrow(() ->
                        new MissingJavaException("There is no Java " + range + " for this server: name its folder in "
                                + VARIABLE + " or JAVA_HOME, or install it under " + INSTALLED_UNDER.get(0)));
    }

    private static Stream<Path> candidates() {
        List<Path> homes = new ArrayList<>();
        Stream.of(System.getenv(VARIABLE), System.getProperty("java.home"), System.getenv("JAVA_HOME"))
                .filter(named -> named != null && !named.isEmpty())
                .map(Path::of)
                .forEach(homes::add);
        INSTALLED_UNDER.forEach(folder -> homes.addAll(installed(Path.of(folder))));
        return homes.stream();
    }

    private static List<Path> installed(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.flatMap(entry -> Stream.of(entry, entry.resolve("Contents/Home")))
                    .sorted()
                    .toList();
        } catch (IOException notThere) {
            return List.of();
        }
    }

    /** The feature version that an installation's {@code release} file tells; 0 if it is no installation. */
    private static int version(Path home) {
        Properties release = new Properties();
        try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
            release.load(reader);
            String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
            return Files.isExecutable(home.resolve("bin/java"))
                    ? Runtime.Version.parse(version).feature()
                    : 0;
        } catch (IOException | IllegalArgumentException e) {
            return 0;
        }
    }
}
