package io.tailrace.connect.elasticsearch.target;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

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

    Optional<String> target(String topic) {
        return Optional.ofNullable(targets.get(topic));
    }

    String name(String topic) {
        return pattern == null ? topic : pattern.matcher(topic).replaceFirst(replacement);
    }
}
