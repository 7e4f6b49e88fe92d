package io.tailrace.connect.filetail.entries;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.ConfigException;

/** Which topics may be written to. Internal ones never, whatever is configured. */
public final class TopicPolicy {
    /** The names that Connect's own sample configurations give to its internal topics. */
    private static final Set<String> CONNECT_TOPICS = Set.of("connect-configs", "connect-offsets", "connect-status");

    private final Pattern allowed;

    private TopicPolicy(Pattern allowed) {
        this.allowed = allowed;
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
            return new TopicPolicy(Pattern.compile(regex));
        } catch (PatternSyntaxException e) {
            throw new ConfigException("'" + regex + "' is not a regular expression: " + e.getDescription());
        }
    }

    /**
     * Decides about a topic.
     *
     * @param topic a topic's name
     * @return why nothing may be written to it, to be read after the name; empty if it is allowed
     */
    public Optional<String> refusal(String topic) {
        if (topic.startsWith("__") || CONNECT_TOPICS.contains(topic)) {
            return Optional.of("is an internal topic");
        }
        return allowed.matcher(topic).matches()
                ? Optional.empty()
                : Optional.of("does not match allowed.topics " + allowed.pattern());
    }
}
