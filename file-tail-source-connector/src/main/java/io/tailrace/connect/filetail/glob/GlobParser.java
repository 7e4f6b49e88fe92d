package io.tailrace.connect.filetail.glob;

import io.tailrace.connect.filetail.glob.Instruction.Any;
import io.tailrace.connect.filetail.glob.Instruction.Fork;
import io.tailrace.connect.filetail.glob.Instruction.One;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.PatternSyntaxException;

/** Makes a program of one pattern. */
final class GlobParser {
    private static final int END = -1;
    private static final int NO_GROUP = -1;

    private final String glob;
    private final List<Instruction> program = new ArrayList<>();
    private int at;

    /** Where the group's fork is, which is made when the group ends. */
    private int group = NO_GROUP;

    /** Where the alternatives of the group begin. */
    private List<Integer> alternatives = new ArrayList<>();

    GlobParser(String glob) {
        this.glob = glob;
    }

    List<Instruction> parse() {
        while (peek() != END) {
            part(take());
        }
        if (group != NO_GROUP) {
            throw wrong("Missing '}'", at - 1);
        }
        return program;
    }

    private int peek() {
        return at < glob.length() ? glob.codePointAt(at) : END;
    }

    private int take() {
        int c = peek();
        at += Character.charCount(c);
        return c;
    }

    private boolean takeIf(int expected) {
        boolean there = peek() == expected;
        at += there ? 1 : 0;
        return there;
    }

    private PatternSyntaxException wrong(String description, int index) {
        return new PatternSyntaxException(description, glob, index);
    }

    private void part(int c) {
        switch (c) {
            case '*' -> program.add(new Any(takeIf('*') ? GlobParser::isAnything : GlobParser::isInName));
            case '?' -> program.add(new One(GlobParser::isInName));
            case '[' -> program.add(new One(set()));
            case '{' -> beginGroup();
            case ',' -> nextAlternative();
            case '}' -> endGroup();
            case '\\' -> literal(escaped());
            default -> literal(c);
        }
    }

    private static boolean isAnything(int c) {
        return c >= 0;
    }

    private static boolean isInName(int c) {
        return isAnything(c) && c != '/';
    }

    private void literal(int c) {
        program.add(new One(other -> other == c));
    }

    private int escaped() {
        if (peek() == END) {
            throw wrong("No character to escape", at - 1);
        }
        return take();
    }

    private void beginGroup() {
        if (group != NO_GROUP) {
            throw wrong("Cannot nest groups", at - 1);
        }
        group = program.size();
        program.add(new Fork(List.of()));
        alternatives = new ArrayList<>(List.of(program.size()));
    }

    private void nextAlternative() {
        if (group == NO_GROUP) {
            literal(',');
            return;
        }
        // How the one before ends, which is set when the group does.
        program.add(new Fork(List.of()));
        alternatives.add(program.size());
    }

    private void endGroup() {
        if (group == NO_GROUP) {
            literal('}');
            return;
        }
        program.set(group, new Fork(List.copyOf(alternatives)));
        Fork out = new Fork(List.of(program.size()));
        alternatives.stream().skip(1).forEach(begin -> program.set(begin - 1, out));
        group = NO_GROUP;
    }

    private IntPredicate set() {
        int from = at - 1;
        boolean negated = takeIf('!') || takeIf('^');
        List<IntPredicate> members = new ArrayList<>();
        if (peek() == '-') {
            members.add(single(take()));
        }
        while (!takeIf(']')) {
            members.add(member(from));
        }
        if (members.isEmpty()) {
            throw wrong("Empty '[]'", from);
        }
        return c -> isInName(c) && members.stream().anyMatch(member -> member.test(c)) != negated;
    }

    private static IntPredicate single(int c) {
        return other -> other == c;
    }

    /** A character, or a range of them. A hyphen is only meant literally as the first or the last one. */
    private IntPredicate member(int setFrom) {
        int first = setChar(setFrom);
        if (first == '-' && peek() != ']') {
            throw wrong("Invalid range", at - 1);
        }
        if (peek() != '-' || glob.startsWith("-]", at)) {
            return single(first);
        }
        take();
        int last = setChar(setFrom);
        if (last < first) {
            throw wrong("Invalid range", at - 1);
        }
        return c -> c >= first && c <= last;
    }

    private int setChar(int setFrom) {
        if (peek() == END) {
            throw wrong("Missing ']'", setFrom);
        }
        if (peek() == '/') {
            throw wrong("Slash in '[]'", at);
        }
        return take();
    }
}
