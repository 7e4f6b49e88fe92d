package io.tailrace.connect.filetail.tail.scan;

import io.tailrace.connect.filetail.tail.scan.RotatedNames.Scheme;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Which rotated siblings may have been active after one that was rotated away, going by their names. Pure. */
public final class Succession {
    private Succession() {}

    /**
     * Picks those that were named in the same way.
     *
     * @param active path that all of them were written under
     * @param left what the file that was read last is called now, if it is there
     * @param rotated all siblings with rotated names
     * @return the oldest first
     */
    public static List<FileStat> of(Path active, Optional<Path> left, List<FileStat> rotated) {
        String name = active.getFileName().toString();
        Optional<String> leftName = left.map(Succession::name);
        Scheme scheme =
                leftName.map(other -> RotatedNames.schemeOf(name, other)).orElseGet(() -> usual(name, rotated));
        return rotated.stream()
                .filter(file -> scheme != Scheme.NONE)
                .filter(file -> RotatedNames.schemeOf(name, name(file.path())) == scheme)
                .filter(file -> leftName.isEmpty() || isNear(name, leftName.get(), name(file.path()), rotated.size()))
                .sorted(Comparator.comparingLong(FileStat::modifiedMillis)
                        .thenComparing(file -> name(file.path()), RotatedNames.oldestFirst(name)))
                .toList();
    }

    /** The file that would tell is gone. */
    private static Scheme usual(String active, List<FileStat> rotated) {
        return rotated.stream().anyMatch(file -> RotatedNames.schemeOf(active, name(file.path())) == Scheme.SUFFIX)
                ? Scheme.SUFFIX
                : Scheme.INFIX;
    }

    /**
     * Whether both have names of one kind: what is a number, or a date, in the one is so in the other. Rotations count one by one:
     * beside app.log.1, app.log.99 is the log of something else.
     */
    private static boolean isNear(String active, String left, String other, int siblings) {
        String one = RotatedNames.shape(active, left);
        String two = RotatedNames.shape(active, other);
        OptionalInt from = RotatedNames.number(active, left);
        OptionalInt to = RotatedNames.number(active, other);
        return (one.startsWith(two) || two.startsWith(one))
                && (from.isEmpty() || to.isEmpty() || Math.abs(from.getAsInt() - to.getAsInt()) <= siblings);
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
