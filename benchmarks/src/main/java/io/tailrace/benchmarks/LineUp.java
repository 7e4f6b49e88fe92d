package io.tailrace.benchmarks;

import io.tailrace.benchmarks.data.Input;
import io.tailrace.benchmarks.peers.Contender;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Those that take part.
 *
 * @param here those that can, in order
 * @param missing why others can't, by name
 */
record LineUp(List<Contender> here, Map<String, String> missing) {
    /**
     * Chooses.
     *
     * @param all that there are
     * @param only names of those that are wanted; empty for all
     * @param input what they would have to read
     * @throws IllegalArgumentException naming a name that none has
     */
    static LineUp of(List<Contender> all, Set<String> only, Input input) {
        requireKnown(all.stream().map(Contender::name).toList(), only);
        LineUp lineUp = new LineUp(new ArrayList<>(), new LinkedHashMap<>());
        for (Contender contender : all) {
            if (only.isEmpty() || only.contains(contender.name())) {
                contender
                        .missing(input)
                        .ifPresentOrElse(
                                why -> lineUp.missing.put(contender.name(), why), () -> lineUp.here.add(contender));
            }
        }
        return lineUp;
    }

    /** Refuses a name that none has. */
    static void requireKnown(List<String> names, Set<String> only) {
        only.stream().filter(name -> !names.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("--only " + name + " is none of " + names);
        });
    }
}
