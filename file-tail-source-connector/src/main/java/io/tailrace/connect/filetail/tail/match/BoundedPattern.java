package io.tailrace.connect.filetail.tail.match;

import java.util.regex.Pattern;

/**
 * A regular expression that is looked for in a limited number of steps. Java's take exponential time for some patterns, and
 * run out of stack for others; a text that it comes to so much in is given up. A step is a look at one character.
 */
public final class BoundedPattern {
    private static final int MIN_STEPS = 1_000_000;
    private static final int STEPS_PER_CHAR = 100;

    /** Without any of these, a pattern takes at most as many steps as it and the text have characters, multiplied. */
    private static final Pattern COSTLY = Pattern.compile("[*+?{(]");

    private final String regex;
    private final Pattern pattern;
    private final boolean costly;
    private final Undecided undecided;

    /**
     * Compiles a pattern.
     *
     * @param regex a legal regular expression of Java's
     * @param undecided where to count the texts that were given up
     */
    public BoundedPattern(String regex, Undecided undecided) {
        this.regex = regex;
        this.pattern = Pattern.compile(withoutLeadingAnything(regex));
        this.costly = COSTLY.matcher(regex).find();
        this.undecided = undecided;
    }

    /** What is found behind {@code .*} is found without it, in linear instead of quadratic time. */
    private static String withoutLeadingAnything(String regex) {
        String rest = regex;
        while (rest.startsWith(".*") && (rest.length() == 2 || "+?{*".indexOf(rest.charAt(2)) < 0)) {
            rest = rest.substring(2);
        }
        return rest;
    }

    /**
     * Looks for it anywhere in a text.
     *
     * @param text where to look
     * @param ifUndecided the answer if it takes too many steps
     * @return whether it is found
     */
    public boolean isFoundIn(String text, boolean ifUndecided) {
        if (!costly) {
            return pattern.matcher(text).find();
        }
        try {
            long steps = MIN_STEPS + (long) STEPS_PER_CHAR * text.length();
            return pattern.matcher(new Metered(text, steps)).find();
        } catch (Exhausted | StackOverflowError e) {
            undecided.add(regex, text.length());
            return ifUndecided;
        }
    }

    private static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Exhausted() {
            super("too many steps", null, false, false);
        }
    }

    /** A text of which only so many characters can be looked at. */
    private static final class Metered implements CharSequence {
        private final String text;
        private long steps;

        Metered(String text, long steps) {
            this.text = text;
            this.steps = steps;
        }

        @Override
        public char charAt(int index) {
            if (--steps < 0) {
                throw new Exhausted();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
