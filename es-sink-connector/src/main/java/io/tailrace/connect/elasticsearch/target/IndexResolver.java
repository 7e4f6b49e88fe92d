package io.tailrace.connect.elasticsearch.target;

import io.tailrace.connect.elasticsearch.document.MalformedRecordException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Finds the index of each record. The index is a function of the record alone, so that a replay goes to the same
 * place. Where it depends on topic and time only, the last name of each topic is remembered for the second that it is
 * good for, whatever the zone: there are zones whose hours begin at any second. One instance serves one thread.
 */
public final class IndexResolver {

    private static final int MAX_TOPICS = 1024;
    private static final long SLOT_MILLIS = TimeUnit.SECONDS.toMillis(1);

    private final Template template;
    private final TopicNames topics;
    private final boolean mayRemember;
    private final boolean hasDate;
    private final Map<String, Named> byTopic = new HashMap<>();

    private record Named(long slot, String index) {}

    /**
     * A resolver.
     *
     * @param template what names look like
     * @param topics what topics are called
     */
    public IndexResolver(Template template, TopicNames topics) {
        this.template = template;
        this.topics = topics;
        this.mayRemember = template.isSameForNeighbours();
        this.hasDate = template.hasDate();
    }

    /**
     * Says whether a template can give a legal name at all.
     *
     * @param template a template
     * @throws IllegalArgumentException if not; the message says why
     */
    public static void check(Template template) {
        String name = template.example();
        IndexNames.problem(name).ifPresent(problem -> {
            throw new IllegalArgumentException("gives index names such as '" + name + "', which " + problem);
        });
    }

    /**
     * The index of a record.
     *
     * @param text what is known of the record
     * @return a legal index name
     * @throws MalformedRecordException if the record lacks something that the name is made of, or it makes an illegal
     *     name
     */
    public String index(RecordText text) {
        SinkRecord record = text.record();
        boolean isTimed = hasDate && record.timestamp() != null;
        long slot = isTimed ? Math.floorDiv(record.timestamp(), SLOT_MILLIS) : Long.MIN_VALUE;
        Named named = mayRemember ? byTopic.get(record.topic()) : null;
        if (named != null && named.slot() == slot) {
            return named.index();
        }
        String index = resolve(text);
        if (mayRemember) {
            if (byTopic.size() >= MAX_TOPICS) {
                byTopic.clear();
            }
            byTopic.put(record.topic(), new Named(slot, index));
        }
        return index;
    }

    private String resolve(RecordText text) {
        String topic = text.record().topic();
        String name = topics.target(topic)
                .or(() -> template.fill(topics.name(topic), text).map(filled -> filled.toLowerCase(Locale.ROOT)))
                .orElseThrow(() -> new MalformedRecordException(
                        "index '" + template + "' is made of something that the record doesn't have"));
        IndexNames.problem(name).ifPresent(problem -> {
            throw new MalformedRecordException("index '" + template + "' gives '" + name + "' for topic '" + topic
                    + "', and an index name " + problem);
        });
        return name;
    }
}
