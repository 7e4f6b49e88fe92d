package io.tailrace.connect.filetail.watch;

import io.tailrace.connect.filetail.entries.EntryProblem;
import java.util.List;
import java.util.Optional;

/**
 * What has become of one key.
 *
 * @param key its name
 * @param told whether anything has been heard of it since the start
 * @param exists whether it is there, as far as has been heard
 * @param revision the store's revision that wrote what is there; 0 if that is not known
 * @param goodRevision the revision of the last good list, which is in force; 0 if there is none or it is not known
 * @param entries how many entries the last good list has
 * @param problems why what is there is refused; none if it is not
 * @param lost whether the store lost the key with its data, so that the last good list stays in force
 * @param trouble why it cannot be read at present
 */
public record KeyStatus(
        String key,
        boolean told,
        boolean exists,
        long revision,
        long goodRevision,
        int entries,
        List<EntryProblem> problems,
        boolean lost,
        Optional<String> trouble) {}
