package io.tailrace.connect.filetail.entries;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;

/** A list of entries that is refused as a whole, with everything that is wrong with it. */
public final class InvalidEntriesException extends ConfigException {
    private static final long serialVersionUID = 1;
    private static final int MAX_SHOWN = 20;

    private final transient List<EntryProblem> problems;
    private final String source;

    /**
     * Refuses a list.
     *
     * @param source where the list comes from: a key of the provider, a file, a configuration key
     * @param problems what is wrong with it, at least one
     */
    public InvalidEntriesException(String source, List<EntryProblem> problems) {
        super(message(source, problems));
        this.source = source;
        this.problems = List.copyOf(problems);
    }

    /**
     * Where the list comes from.
     *
     * @return what the constructor was given
     */
    public String source() {
        return source;
    }

    /**
     * Everything that is wrong with the list, in the order of its entries.
     *
     * @return the problems, at least one
     */
    public List<EntryProblem> problems() {
        return problems;
    }

    private static String message(String source, List<EntryProblem> problems) {
        String shown =
                problems.stream().limit(MAX_SHOWN).map(EntryProblem::toString).collect(Collectors.joining("; "));
        int left = problems.size() - MAX_SHOWN;
        return "Entries in " + source + " refused: " + shown + (left > 0 ? "; and " + left + " more problems" : "");
    }
}
