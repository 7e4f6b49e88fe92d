package io.tailrace.connect.filetail.entries;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/**
 * Which files may be read: those whose real path lies in or under one of the allowed folders.
 *
 * <p>It is asked twice. {@link #check} looks at an entry's text alone and refuses what cannot be right, so that the
 * operator hears of it. {@link #allows} looks at a file that has been found, all symbolic links resolved, and is what
 * the promise rests on.
 */
public final class PathPolicy {
    private final List<Path> roots;

    private PathPolicy(List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    /**
     * Makes a policy.
     *
     * @param folders absolute paths of the allowed folders; they need not exist yet, and may be symbolic links
     * @return the policy
     * @throws ConfigException naming the folder that is not an absolute path
     */
    public static PathPolicy of(List<String> folders) {
        List<Path> roots = new ArrayList<>();
        for (String folder : folders) {
            roots.add(root(folder));
        }
        return new PathPolicy(roots);
    }

    private static Path root(String folder) {
        try {
            Path path = Path.of(folder);
            if (path.isAbsolute()) {
                return path.normalize();
            }
        } catch (InvalidPathException e) {
            throw new ConfigException("'" + folder + "' is not a path: " + e.getReason());
        }
        throw new ConfigException("'" + folder + "' is not an absolute path of a folder");
    }

    /**
     * Decides about a file that is about to be read. Touches the file system: the allowed folders are resolved anew each
     * time, since one may appear, or become a link, while the connector runs.
     *
     * @param realPath what {@link Path#toRealPath} answered for the file
     * @return whether it lies in or under an allowed folder
     */
    public boolean allows(Path realPath) {
        return roots.stream().anyMatch(root -> liesUnder(realPath, root));
    }

    private static boolean liesUnder(Path realPath, Path root) {
        try {
            return realPath.startsWith(root.toRealPath());
        } catch (IOException e) {
            // What lies under a folder that cannot be looked at cannot be shown to lie there.
            return false;
        }
    }

    /**
     * Decides about an entry's path by its text: all of it before the first wildcard must lie under an allowed folder.
     *
     * @param pattern file or glob, absolute or relative to the working directory
     * @return the absolute and normalised pattern, or why it is refused
     */
    public Checked check(String pattern) {
        if (PathPatterns.climbsAfterWildcard(pattern)) {
            return Checked.refused("has '..' in or behind a wildcard");
        }
        try {
            String absolute = PathPatterns.absolute(pattern);
            return checkPrefix(absolute, PathPatterns.fixedPrefix(absolute));
        } catch (InvalidPathException e) {
            return Checked.refused("cannot be a path here (" + e.getReason()
                    + "); a worker that is to read names beyond ASCII needs a UTF-8 locale");
        }
    }

    private Checked checkPrefix(String absolute, Path prefix) {
        boolean plain = prefix.toString().equals(absolute);
        if (roots.stream().noneMatch(prefix::startsWith)) {
            String looksIn = plain ? "" : " (it looks in " + prefix + ")";
            return Checked.refused("lies outside of allowed.paths " + roots + looksIn);
        }
        return plain && roots.contains(prefix)
                ? Checked.refused("names a folder; write " + absolute + "/* for the files in it")
                : new Checked(absolute, Optional.empty());
    }

    /**
     * The answer about an entry's path.
     *
     * @param absolute the absolute, normalised pattern; empty when it is refused
     * @param refusal why it is refused, to be read after the path; empty when it is not
     */
    public record Checked(String absolute, Optional<String> refusal) {
        private static Checked refused(String reason) {
            return new Checked("", Optional.of(reason));
        }
    }

    @Override
    public String toString() {
        return roots.toString();
    }
}
