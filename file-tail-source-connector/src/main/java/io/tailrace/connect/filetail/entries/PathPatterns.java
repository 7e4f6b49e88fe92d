package io.tailrace.connect.filetail.entries;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** An entry's path as text: a file, or a glob whose wildcards begin in some component of the path. */
public final class PathPatterns {
    private static final Pattern WILDCARD = Pattern.compile("[*?\\[\\]{}\\\\]");
    private static final Pattern BRACE_PARTS = Pattern.compile("[{},]");

    private PathPatterns() {}

    /**
     * Whether a path is a glob.
     *
     * @param pattern file or glob
     * @return true if it has a wildcard or an escaped character in it
     */
    public static boolean isGlob(String pattern) {
        return WILDCARD.matcher(pattern).find();
    }

    /**
     * Makes a pattern absolute, from the process's working directory, and removes {@code .}, {@code ..} and doubled slashes.
     * It must not have {@code ..} behind a wildcard, where removing it would change what it means.
     *
     * @param pattern file or glob
     * @return the one spelling under which the pattern is known from then on
     * @throws java.nio.file.InvalidPathException if the file system cannot express it
     */
    public static String absolute(String pattern) {
        return Path.of(pattern).toAbsolutePath().normalize().toString();
    }

    /**
     * The part of a pattern that has no wildcards: the folder that a search for a glob starts in, or the file itself.
     *
     * @param absolutePattern what {@link #absolute} answered
     * @return an absolute path
     */
    public static Path fixedPrefix(String absolutePattern) {
        Path prefix = Path.of("/");
        for (String component : absolutePattern.split("/", -1)) {
            if (isGlob(component)) {
                return prefix;
            }
            prefix = prefix.resolve(component);
        }
        return prefix;
    }

    /** Whether a {@code ..}, also one in braces or escaped, stands in or behind the first component with a wildcard. */
    static boolean climbsAfterWildcard(String pattern) {
        List<String> components = Arrays.asList(pattern.split("/", -1));
        return components.stream()
                .dropWhile(component -> !isGlob(component))
                .flatMap(BRACE_PARTS::splitAsStream)
                .anyMatch(part -> part.replace("\\", "").equals(".."));
    }
}
