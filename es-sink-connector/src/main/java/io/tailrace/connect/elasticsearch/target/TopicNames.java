package io.tailrace.connect.elasticsearch.target;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What topics are called in Elasticsearch.
 *
 * @param targets index, alias or data stream for topics that are listed
 * @param pattern what to find in the names of others, or null
 * @param replacement what to put in its place
 */
public record TopicNames(Map<String, String> targets, Pattern pattern, String replacement) {

    /** Topics by their own names. */
    public static final TopicNames SAME = new TopicNames(Map.of(), null, null);

    /** Keeps a copy. */
    public TopicNames {
        targets = Map.copyOf(targets);
    }

    /**
     * Replaces nothing by the replacement, which fails if it names a group that the pattern doesn't have.
     *
     * @throws IllegalArgumentException if the replacement is malformed, or names no group
     * @throws IndexOutOfBoundsException if there is no group of a number
     */
    public void checkReplacement() {
        if (pattern != null) {
            nothingOr(pattern).ifPresent(always -> always.matcher("").replaceFirst(replacement));
        }
    }

    /** Finds nothing if need be, with the same groups; not to be had if the pattern ends with a comment. */
    private static Optional<Pattern> nothingOr(Pattern pattern) {
        try {
            return Optional.of(Pattern.compile("(?:" + pattern + ")|"));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    Optional<String> target(String topic) {
        return Optional.ofNullable(targets.get(topic));
    }

    String name(String topic) {
        return pattern == null ? topic : pattern.matcher(topic).replaceFirst(replacement);
    }
}
