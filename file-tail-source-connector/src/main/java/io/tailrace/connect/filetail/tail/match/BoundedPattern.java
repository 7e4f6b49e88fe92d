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
    private final PatternCost cost;

    /**
     * Compiles a pattern.
     *
     * @param regex a legal regular expression of Java's
     * @param cost where to count the steps, and the texts that were given up
     */
    public BoundedPattern(String regex, PatternCost cost) {
        this.regex = regex;
        this.pattern = Pattern.compile(withoutLeadingAnything(regex));
        this.costly = COSTLY.matcher(regex).find();
        this.cost = cost;
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
        if (!costly && (long) regex.length() * text.length() <= MIN_STEPS) {
            cost.add(text.length());
            return pattern.matcher(text).find();
        }
        Metered metered = new Metered(text, MIN_STEPS + (long) STEPS_PER_CHAR * text.length());
        try {
            return pattern.matcher(metered).find();
        } catch (Exhausted | StackOverflowError e) {
            cost.undecided(regex, text.length());
            return ifUndecided;
        } finally {
            cost.add(metered.taken);
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
        private final long maxSteps;
        private long taken;

        Metered(String text, long maxSteps) {
            this.text = text;
            this.maxSteps = maxSteps;
        }

        @Override
        public char charAt(int index) {
            if (++taken > maxSteps) {
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
