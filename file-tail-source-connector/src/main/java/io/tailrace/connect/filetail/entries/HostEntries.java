package io.tailrace.connect.filetail.entries;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Reads lists of entries for one host: what is valid by itself and allowed there. The one place where that is decided,
 * for the connector and for whoever wants to know before.
 */
public final class HostEntries {
    private final PathPolicy paths;
    private final TopicPolicy topics;

    /**
     * Makes a reader.
     *
     * @param paths which files may be read on the host
     * @param topics which topics may be written to
     */
    public HostEntries(PathPolicy paths, TopicPolicy topics) {
        this.paths = requireNonNull(paths);
        this.topics = requireNonNull(topics);
    }

    /**
     * Reads a list, whole or not at all.
     *
     * @param json a JSON array of entries
     * @param source where the text comes from, for the message
     * @return the entries in the order of the text, each path absolute and normalised
     * @throws InvalidEntriesException with all problems of the list, if there are any
     */
    public List<Entry> read(String json, String source) {
        Problems problems = new Problems(source);
        List<ParsedEntry> here = EntriesJson.parse(json, problems).stream()
                .map(parsed -> check(parsed, problems))
                .toList();
        if (problems.count() == 0) {
            // Two spellings of one path are found out only now.
            EntriesJson.refuseTwins(here, problems);
        }
        problems.throwIfAny();
        return here.stream().map(ParsedEntry::entry).toList();
    }

    /** What is empty has been refused already. */
    private ParsedEntry check(ParsedEntry parsed, Problems problems) {
        Entry entry = parsed.entry();
        if (!entry.topic().isEmpty()) {
            topics.refusal(entry.topic()).ifPresent(reason -> parsed.refuseTopic(reason, problems));
        }
        if (entry.path().isEmpty()) {
            return parsed;
        }
        PathPolicy.Checked path = paths.check(entry.path());
        path.refusal().ifPresent(reason -> parsed.refusePath(reason, problems));
        return parsed.with(withPath(entry, path.absolute()));
    }

    private static Entry withPath(Entry entry, String path) {
        return new Entry(
                path,
                entry.topic(),
                entry.service(),
                entry.id(),
                entry.sendRate(),
                entry.sendBytes(),
                entry.exclude(),
                entry.startPosition(),
                entry.encoding(),
                entry.multiline(),
                entry.includeLines(),
                entry.excludeLines(),
                entry.keepEmptyLines(),
                entry.maxLineBytes(),
                entry.ignoreOlder(),
                entry.closeIdle(),
                entry.fields());
    }
}
