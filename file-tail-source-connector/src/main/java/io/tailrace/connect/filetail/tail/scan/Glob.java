package io.tailrace.connect.filetail.tail.scan;

import io.tailrace.connect.filetail.glob.GlobPattern;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A file or glob of an entry, ready to be looked for: {@code *}, {@code ?}, {@code [..]}, {@code {a,b}}, and {@code **}
 * for any number of folders, none included. Symbolic links are followed.
 */
public final class Glob {
    /** Most files that one entry may collect; a pattern that matches more is surely a mistake. */
    public static final int MAX_FILES = 100_000;

    private static final int MAX_NAMES = 1_000_000;

    private static final String ANY_FOLDERS = "**/";

    private final Path root;
    private final List<GlobPattern> steps;
    private final GlobPattern whole;
    private final List<Predicate<Path>> excluded;
    private final boolean deep;
    private final Path name;
    private final Limits limits;
    private final Predicate<Path> allowed;

    private Glob(
            Path root,
            List<String> rest,
            String pattern,
            List<String> exclude,
            Predicate<Path> allowed,
            Limits limits) {
        this.allowed = allowed;
        this.root = root;
        this.name = root.resolve(String.join("/", rest));
        this.limits = limits;
        this.deep = rest.stream().anyMatch(step -> step.contains("**") || step.contains("/"));
        this.steps = rest.stream().map(GlobPattern::of).toList();
        this.whole = GlobPattern.of(throughAnyFolders(pattern));
        this.excluded = exclude.stream().map(Glob::excluding).toList();
    }

    /**
     * Compiles a pattern.
     *
     * @param pattern file or glob; a relative one is taken from the working directory
     * @param exclude globs of paths to leave out; one without a slash is held against the file's name
     * @param allowed tells of a path without links whether a folder there may be looked into
     * @return the glob
     */
    public static Glob of(String pattern, List<String> exclude, Predicate<Path> allowed) {
        return of(pattern, exclude, allowed, new Limits(MAX_FILES, MAX_NAMES));
    }

    /**
     * How much may be looked at.
     *
     * @param files that one entry may collect
     * @param names of files and folders that are listed to find them
     */
    record Limits(int files, int names) {}

    static Glob of(String pattern, List<String> exclude, Predicate<Path> allowed, Limits limits) {
        List<String> parts = split(absolute(pattern));
        int fixed = 0;
        while (fixed < parts.size() && !isPattern(parts.get(fixed))) {
            fixed++;
        }
        Path root = Path.of("/", parts.subList(0, fixed).toArray(String[]::new)).normalize();
        List<String> rest = parts.subList(fixed, parts.size());
        String tail = rest.isEmpty() ? "" : "/" + String.join("/", rest);
        String prefix = root.equals(root.getRoot()) ? "" : root.toString();
        return new Glob(root, rest, escape(prefix) + tail, exclude, allowed, limits);
    }

    /**
     * A pattern made absolute, with the parts before its first wildcard normalised.
     *
     * @param pattern file or glob
     * @return the same from the root
     */
    private static String absolute(String pattern) {
        return pattern.startsWith("/")
                ? pattern
                : escape(Path.of("").toAbsolutePath().toString()) + "/" + pattern;
    }

    private static List<String> split(String pattern) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int braces = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\' && i + 1 < pattern.length()) {
                part.append(c).append(pattern.charAt(++i));
                continue;
            }
            braces += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (c == '/' && braces == 0) {
                addPart(parts, part);
            } else {
                part.append(c);
            }
        }
        addPart(parts, part);
        return parts;
    }

    private static void addPart(List<String> parts, StringBuilder part) {
        if (part.length() > 0) {
            parts.add(part.toString());
            part.setLength(0);
        }
    }

    private static boolean isPattern(String part) {
        return part.chars().anyMatch(c -> "*?[]{}\\".indexOf(c) >= 0);
    }

    private static String escape(String literal) {
        return literal.replaceAll("[*?\\[\\]{}\\\\]", "\\\\$0");
    }

    /** Folders between two slashes may be none at all: {@code /a/**}{@code /b} is {@code /a/b}, too. Groups can't be nested. */
    private static String throughAnyFolders(String pattern) {
        StringBuilder made = new StringBuilder();
        int braces = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            made.append(c);
            if (c == '\\' && i + 1 < pattern.length()) {
                made.append(pattern.charAt(++i));
            } else if (c == '/' && braces == 0 && pattern.startsWith(ANY_FOLDERS, i + 1)) {
                made.append("{,").append(ANY_FOLDERS).append('}');
                while (pattern.startsWith(ANY_FOLDERS, i + 1)) {
                    i += ANY_FOLDERS.length();
                }
            }
            braces += c == '{' ? 1 : c == '}' ? -1 : 0;
        }
        return made.toString();
    }

    private static Predicate<Path> excluding(String pattern) {
        GlobPattern glob = GlobPattern.of(throughAnyFolders(pattern));
        return pattern.contains("/")
                ? path -> glob.matches(path.toString())
                : path -> glob.matches(path.getFileName().toString());
    }

    boolean isMatched(Path path) {
        return whole.matches(path.toString());
    }

    boolean isExcluded(Path path) {
        return excluded.stream().anyMatch(test -> test.test(path));
    }

    /**
     * Finds the files that match now.
     *
     * @param directories what this scan has seen so far
     * @return regular files by path, at most {@value #MAX_FILES}; what is left out, and why, becomes one of the {@linkplain
     *     Directories#problems problems}
     */
    public NavigableMap<Path, FileStat> find(Directories directories) {
        return new GlobSearch(this, directories).find();
    }

    /** The path before the first wildcard: a folder, or a file if there is none. */
    Path root() {
        return root;
    }

    /** What the names below the root have to match, folder by folder; each of a single one unless it is deep. */
    List<GlobPattern> steps() {
        return steps;
    }

    /** Whether it matches at any depth. */
    boolean isDeep() {
        return deep;
    }

    /** The pattern, as a path that messages can name. */
    Path name() {
        return name;
    }

    Limits limits() {
        return limits;
    }

    /** Whether a folder may be looked into, by its path without links. */
    boolean allows(Path real) {
        return allowed.test(real);
    }

    /**
     * The folder that all files that match lie in, or in folders of which they lie.
     *
     * @return its path, without wildcards
     */
    public Path folder() {
        return steps.isEmpty() && root.getParent() != null ? root.getParent() : root;
    }

    /**
     * What the names of all files that match begin with.
     *
     * @return as much as is known of it, perhaps nothing
     */
    public String namesBegin() {
        if (steps.isEmpty()) {
            return root.getFileName() == null ? "" : root.getFileName().toString();
        }
        return deep ? "" : steps.get(steps.size() - 1).head();
    }

    /**
     * The directories in which files that match can lie.
     *
     * @param directories in which {@link #find} has looked
     * @return those that were listed, and the one of a file whose pattern is its name
     */
    public Set<Path> directories(Directories directories) {
        if (steps.isEmpty()) {
            return root.getParent() == null ? Set.of() : Set.of(root.getParent());
        }
        return directories.listedUnder(root);
    }

    /**
     * Tells whether a file or directory that has just appeared may matter.
     *
     * @param path absolute
     * @return whether it matches, or is a directory in which files that match may lie
     */
    public boolean mayLead(Path path) {
        return matches(path) || ((deep || steps.size() > 1) && path.startsWith(root) && Files.isDirectory(path));
    }

    /**
     * Tells whether a path is one that this glob collects.
     *
     * @param path absolute
     * @return whether it matches and isn't excluded
     */
    public boolean matches(Path path) {
        return isMatched(path) && !isExcluded(path);
    }
}
