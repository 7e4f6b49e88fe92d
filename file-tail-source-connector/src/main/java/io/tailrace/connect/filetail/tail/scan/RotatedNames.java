package io.tailrace.connect.filetail.tail.scan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that logrotate, log4j, logback and their like give to a file when they rotate it. Deliberately narrow: {@code
 * error.log.wf} beside {@code error.log} is somebody else's log.
 */
public final class RotatedNames {
    private static final char[] INFIX_SEPARATORS = {'-', '.', '_'};
    private static final String STAMP = "\\d[\\dT:._+Z-]*";
    private static final Pattern SUFFIX = Pattern.compile("[._~-](?:" + STAMP + "|old|bak|prev)");
    private static final Pattern INFIX = Pattern.compile("[._-]" + STAMP);
    private static final Pattern COMPRESSED = Pattern.compile("\\.(?:gz|bz2|xz|zst|lz4|Z|zip)$");
    private static final Pattern NUMBERED_GZIP = Pattern.compile("(.+[._~-])(\\d{1,3})\\.gz");
    private static final Pattern NUMBER = Pattern.compile("[._~-](\\d{1,3})");
    private static final Pattern COUNTED = Pattern.compile("(^|\\D)\\d{1,3}$");
    private static final Pattern ROTATED_NUMBER = Pattern.compile("(?<=[._~-])\\d+$");
    private static final Pattern DIGIT = Pattern.compile("\\d");
    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final Pattern ENDS_ROTATED = Pattern.compile("(.+?)[._~-](?:" + STAMP + "|old|bak|prev)");
    private static final Pattern HAS_INFIX = Pattern.compile("(.+?)[._-]" + STAMP + "(\\.[^.]*[^.\\d][^.]*)");

    /** Longer numbers are time stamps, which are of one length. */
    private static final int MAX_DIGITS = 20;

    /** What stands for bytes of a name that the locale can't express; no path can be made of it. */
    static final char NOT_IN_LOCALE = '\uFFFD';

    private RotatedNames() {}

    /** How a rotation names what it moves away. */
    enum Scheme {
        /** {@code app.log} becomes {@code app.log.1} or {@code app.log-20261121}. */
        SUFFIX,
        /** {@code app.log} becomes {@code app.1.log} or {@code app-20261121.log}. */
        INFIX,
        /** The other name is not one that a rotation gives. */
        NONE
    }

    /**
     * Tells how a file name was made from another.
     *
     * @param active name of the file that is written to
     * @param other name in the same directory
     * @return the scheme
     */
    static Scheme schemeOf(String active, String other) {
        String plain = COMPRESSED.matcher(other).replaceFirst("");
        if (plain.length() <= active.length()) {
            return Scheme.NONE;
        }
        if (plain.startsWith(active)) {
            return matches(SUFFIX, plain.substring(active.length())) ? Scheme.SUFFIX : Scheme.NONE;
        }
        String stem = stem(active);
        String extension = active.substring(stem.length());
        if (isWord(extension) && plain.startsWith(stem) && plain.endsWith(extension)) {
            String middle = plain.substring(stem.length(), plain.length() - extension.length());
            return matches(INFIX, middle) ? Scheme.INFIX : Scheme.NONE;
        }
        return Scheme.NONE;
    }

    /**
     * Names that lie between two others in alphabetical order.
     *
     * @param from the first
     * @param to the last
     */
    record Range(String from, String to) {}

    /**
     * Where in alphabetical order the rotated names of a file are, with some others. In a folder of thousands of files
     * these are few.
     *
     * @param active name of the file that is written to
     * @return ranges, which may overlap
     */
    static List<Range> ranges(String active) {
        List<Range> ranges = new ArrayList<>();
        ranges.add(new Range(active, active + Character.MAX_VALUE));
        String stem = stem(active);
        if (isWord(active.substring(stem.length()))) {
            for (char separator : INFIX_SEPARATORS) {
                ranges.add(new Range(stem + separator + '0', stem + separator + '9' + Character.MAX_VALUE));
            }
        }
        return ranges;
    }

    /**
     * Those names in a folder that files may have been given which had others before. In a folder of thousands of files
     * these are few.
     *
     * @param names all names in the folder
     * @param former what the names that they had before begin with, or part of it
     * @param <T> what the names stand for
     * @return the names of which {@link #formerNames} or {@link #lowerNumbers} may give such ones, with some others
     */
    public static <T> NavigableMap<String, T> rotatedFrom(NavigableMap<String, T> names, String former) {
        String begin = ROTATED_NUMBER.matcher(stem(former)).replaceFirst("");
        return begin.isEmpty() ? names : names.subMap(begin, true, begin + Character.MAX_VALUE, true);
    }

    /** Whether an extension says what is in the file, and not which of them it is. */
    private static boolean isWord(String extension) {
        return extension.chars().anyMatch(c -> c != '.' && !('0' <= c && c <= '9'));
    }

    /**
     * The name without its extension.
     *
     * @param name of a file
     * @return what is before the last dot, or all of it
     */
    public static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /**
     * Tells whether a name says that the file is compressed.
     *
     * @param name of a file
     * @return whether it ends like one
     */
    public static boolean isCompressed(String name) {
        return COMPRESSED.matcher(name).find();
    }

    /**
     * Tells whether one file is the other one compressed, going by their names.
     *
     * @param plain name of the file that was compressed
     * @param other name in the same directory
     * @return whether it is the same but for what compression adds
     */
    public static boolean isCompressedOf(String plain, String other) {
        return isCompressed(other) && COMPRESSED.matcher(other).replaceFirst("").equals(plain);
    }

    /**
     * The names that a file may have been written under before a rotation gave it its present one.
     *
     * @param name of a file
     * @return possible former names, none if it doesn't look rotated
     */
    public static Set<String> formerNames(String name) {
        Set<String> former = new LinkedHashSet<>();
        String plain = COMPRESSED.matcher(name).replaceFirst("");
        if (!plain.equals(name)) {
            former.add(plain);
        }
        Matcher suffixed = ENDS_ROTATED.matcher(plain);
        if (suffixed.matches()) {
            former.add(suffixed.group(1));
        }
        Matcher infixed = HAS_INFIX.matcher(plain);
        if (infixed.matches()) {
            former.add(infixed.group(1) + infixed.group(2));
        }
        return former;
    }

    /**
     * Tells whether rotations may have given a file its name.
     *
     * @param name what it was called
     * @param other what it is called now
     * @return whether both are the same, or rotated from the same
     */
    public static boolean mayHaveBecome(String name, String other) {
        Set<String> former = formerNames(other);
        return name.equals(other) || former.contains(name) || !Collections.disjoint(former, formerNames(name));
    }

    /**
     * The names that a compressed file may have had before rotations counted it up: those with a lower number, compressed
     * or not. Of a file that isn't compressed the next lower one exists again, or it is found by its key.
     *
     * @param name of a file
     * @return possible former names, none if it doesn't end in a number and {@code .gz}
     */
    public static Set<String> lowerNumbers(String name) {
        Matcher numbered = NUMBERED_GZIP.matcher(name);
        Set<String> lower = new LinkedHashSet<>();
        if (numbered.matches()) {
            for (int number = Integer.parseInt(numbered.group(2)) - 1; number >= 0; number--) {
                lower.add(numbered.group(1) + number + ".gz");
                lower.add(numbered.group(1) + number);
            }
        }
        return lower;
    }

    /**
     * The number that a rotation gave to a file, if it gives numbers and not time stamps.
     *
     * @param active name of the file that is written to
     * @param other its rotated name
     * @return the number, empty if it is none
     */
    static OptionalInt number(String active, String other) {
        Matcher number = NUMBER.matcher(addition(active, other));
        return number.matches() ? OptionalInt.of(Integer.parseInt(number.group(1))) : OptionalInt.empty();
    }

    /**
     * What the names that one rotation gives have in common: how many digits there are, and what is between them. Only the last
     * number, if it is short, may have another length.
     *
     * @param active name of the file that is written to
     * @param other its rotated name
     * @return the shape of what has been added to the name
     */
    static String shape(String active, String other) {
        String counted = COUNTED.matcher(addition(active, other)).replaceFirst("$1N");
        return DIGIT.matcher(counted).replaceAll("D");
    }

    /** What a rotation has added to a name, empty if the other isn't a rotated one. */
    private static String addition(String active, String other) {
        String plain = COMPRESSED.matcher(other).replaceFirst("");
        return switch (schemeOf(active, plain)) {
            case SUFFIX -> plain.substring(active.length());
            case INFIX -> {
                int stem = stem(active).length();
                yield plain.substring(stem, plain.length() - (active.length() - stem));
            }
            case NONE -> "";
        };
    }

    /**
     * Orders the rotated names of one file by age as far as names tell it, oldest first: indexes count upwards with age,
     * time stamps downwards, and so does what follows a time stamp.
     *
     * @param active name of the file that is written to
     * @return the order
     */
    static Comparator<String> oldestFirst(String active) {
        Comparator<String> byIndex =
                Comparator.comparingInt(name -> -number(active, name).orElse(0));
        return byIndex.thenComparing(RotatedNames::withNumbersOfOneLength).thenComparing(Comparator.naturalOrder());
    }

    private static String withNumbersOfOneLength(String name) {
        return DIGITS.matcher(name)
                .replaceAll(digits ->
                        "0".repeat(Math.max(0, MAX_DIGITS - digits.group().length())) + digits.group());
    }

    private static boolean matches(Pattern pattern, String text) {
        return pattern.matcher(text).matches();
    }
}
