package io.tailrace.connect.filetail.entries;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.ConfigException;

/**
 * Which topics may be written to. Internal ones never, whatever is configured: Kafka's, those whose names begin as Connect's
 * sample configurations and the recommended agent name a worker's own, and those that the connector is known to use itself.
 */
public final class TopicPolicy {
    private static final List<String> INTERNAL_PREFIXES = List.of("__", "connect-", "tailrace-agent-");

    private final Pattern allowed;
    private final Set<String> used;

    private TopicPolicy(Pattern allowed, Set<String> used) {
        this.allowed = allowed;
        this.used = Set.copyOf(used);
    }

    /**
     * Makes a policy.
     *
     * @param regex a regular expression that an allowed topic's whole name matches, as in Kafka's {@code topics.regex}
     * @return the policy
     * @throws ConfigException saying what is wrong with the expression
     */
    public static TopicPolicy of(String regex) {
        try {
            return new TopicPolicy(Pattern.compile(regex), Set.of());
        } catch (PatternSyntaxException e) {
            throw new ConfigException("'" + regex + "' is not a regular expression: " + e.getDescription());
        }
    }

    /**
     * The same policy, which refuses some more topics.
     *
     * @param topics names of topics that the connector uses for itself
     * @return a stricter policy
     */
    public TopicPolicy without(Set<String> topics) {
        return new TopicPolicy(allowed, topics);
    }

    /**
     * Decides about a topic.
     *
     * @param topic a topic's name
     * @return why nothing may be written to it, to be read after the name; empty if it is allowed
     */
    public Optional<String> refusal(String topic) {
        if (used.contains(topic) || INTERNAL_PREFIXES.stream().anyMatch(topic::startsWith)) {
            return Optional.of("is an internal topic");
        }
        return allowed.matcher(topic).matches()
                ? Optional.empty()
                : Optional.of("does not match allowed.topics " + allowed.pattern());
    }
}
