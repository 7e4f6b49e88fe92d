package io.tailrace.connect.filetail.glob;

import io.tailrace.connect.filetail.glob.Instruction.Any;
import io.tailrace.connect.filetail.glob.Instruction.Fork;
import io.tailrace.connect.filetail.glob.Instruction.One;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern of paths: {@code *} and {@code ?} for characters other than a slash, {@code **} for slashes too, {@code [..]},
 * {@code [!..]} or {@code [^..]}, and {@code {a,b}}, and a backslash before what is meant literally.
 *
 * <p>It means what {@link java.nio.file.FileSystem#getPathMatcher} takes it for, except that {@code [^..]} is the opposite
 * of {@code [..]} as in shells. But that makes a regular expression of
 * it, which takes exponential time for some patterns, and nobody should be able to hold up a task by such a one. Here all
 * ways through the pattern are followed at once, so that a match takes at most as many steps as pattern and text have
 * characters, multiplied.
 */
public final class GlobPattern {
    /** No character, at the end of a text. */
    private static final int NOTHING = -1;

    /** Any of these may make a character mean something else than itself. */
    private static final String SPECIAL = "*?[]{},\\";

    /** What every match begins and ends with, which is compared at once. */
    private final String head;

    private final String tail;

    /** For what is between them. */
    private final List<Instruction> program;

    private GlobPattern(String head, List<Instruction> program, String tail) {
        this.head = head;
        this.program = List.copyOf(program);
        this.tail = tail;
    }

    /**
     * Compiles a pattern.
     *
     * @param glob the pattern
     * @return it, ready for use by any thread
     * @throws PatternSyntaxException saying what is wrong with it, and where
     */
    public static GlobPattern of(String glob) {
        List<Instruction> whole = new GlobParser(glob).parse();
        int from = 0;
        while (from < glob.length() && isPlain(glob.charAt(from))) {
            from++;
        }
        int to = glob.length();
        while (to > from && isPlain(glob.charAt(to - 1))) {
            to--;
        }
        boolean escaped = to > from && to < glob.length() && glob.charAt(to - 1) == '\\';
        to += escaped ? 1 : 0;
        boolean same = from == 0 && to == glob.length();
        List<Instruction> middle = same ? whole : new GlobParser(glob.substring(from, to)).parse();
        return new GlobPattern(glob.substring(0, from), middle, glob.substring(to));
    }

    private static boolean isPlain(char c) {
        return SPECIAL.indexOf(c) < 0 && !Character.isSurrogate(c);
    }

    /**
     * What every match begins with.
     *
     * @return the beginning of the pattern, as far as it is meant literally
     */
    public String head() {
        return head;
    }

    /**
     * Holds it against a text.
     *
     * @param text a path, or a part of one
     * @return whether it matches all of the text
     */
    public boolean matches(String text) {
        boolean longEnough = text.length() >= head.length() + tail.length();
        return longEnough && text.startsWith(head) && text.endsWith(tail) && leadsThrough(text);
    }

    private boolean leadsThrough(String text) {
        int to = text.length() - tail.length();
        Places now = new Places(program.size() + 1);
        Places next = new Places(program.size() + 1);
        now.add(0);
        for (int i = head.length(); i < to && !now.isEmpty(); ) {
            int c = text.codePointAt(i);
            step(now, c, next);
            Places done = now;
            now = next;
            next = done;
            next.clear();
            i += Character.charCount(c);
        }
        step(now, NOTHING, next);
        return now.contains(program.size());
    }

    /** Those that lead on without a character are added to the same places, while these are gone through. */
    private void step(Places now, int c, Places next) {
        for (int i = 0; i < now.size(); i++) {
            int at = now.get(i);
            if (at == program.size()) {
                continue;
            }
            Instruction instruction = program.get(at);
            if (instruction instanceof One one) {
                addIf(one.test().test(c), at + 1, next);
            } else if (instruction instanceof Any any) {
                now.add(at + 1);
                addIf(any.test().test(c), at, next);
            } else if (instruction instanceof Fork fork) {
                fork.targets().forEach(now::add);
            }
        }
    }

    private static void addIf(boolean matches, int at, Places next) {
        if (matches) {
            next.add(at);
        }
    }
}
