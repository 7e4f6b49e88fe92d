package io.tailrace.connect.elasticsearch.writer;

import io.tailrace.connect.elasticsearch.bulk.Batch;
import io.tailrace.connect.elasticsearch.bulk.Operation;
import io.tailrace.connect.elasticsearch.outcome.ItemOutcome;
import io.tailrace.connect.elasticsearch.outcome.RetryCause;
import io.tailrace.connect.elasticsearch.outcome.ServerError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What became of the operations of one batch, sorted. */
final class ItemResults {

    private final List<Operation> done;
    private final List<Operation> left = new ArrayList<>();
    private final List<Refused> poison = new ArrayList<>();
    private final List<ItemOutcome.Retry> retries = new ArrayList<>();
    private Refused fatal;

    /** An operation and why it was refused. */
    record Refused(Operation operation, ServerError error) {}

    private ItemResults(int size) {
        done = new ArrayList<>(size);
    }

    /**
     * Sorts outcomes.
     *
     * @param batch what was sent
     * @param outcomes one for each operation, in their order
     */
    static ItemResults of(Batch batch, List<ItemOutcome> outcomes) {
        ItemResults results = new ItemResults(batch.size());
        Set<String> undone = new HashSet<>();
        for (int i = 0; i < outcomes.size(); i++) {
            results.sort(batch.operations().get(i), outcomes.get(i), undone);
        }
        return results;
    }

    private void sort(Operation operation, ItemOutcome outcome, Set<String> undone) {
        if (outcome instanceof ItemOutcome.Done) {
            // What an earlier record does with the same document comes again, and would undo this.
            boolean again = undone.contains(operation.sequence());
            (again ? left : done).add(operation);
        } else if (outcome instanceof ItemOutcome.Retry retry) {
            left.add(operation);
            retries.add(retry);
            if (operation.sequence() != null) {
                undone.add(operation.sequence());
            }
        } else if (outcome instanceof ItemOutcome.Poison refused) {
            poison.add(new Refused(operation, refused.error()));
        } else if (outcome instanceof ItemOutcome.Fatal refused) {
            fatal = fatal == null ? new Refused(operation, refused.error()) : fatal;
        }
    }

    List<Operation> done() {
        return done;
    }

    /** What must be sent again. */
    List<Operation> left() {
        return left;
    }

    List<ItemOutcome.Retry> retries() {
        return retries;
    }

    List<Refused> poison() {
        return poison;
    }

    Optional<Refused> fatal() {
        return Optional.ofNullable(fatal);
    }

    /** Whether the server asks for less. */
    boolean isOverload() {
        return retries.stream().anyMatch(retry -> retry.cause() == RetryCause.OVERLOADED);
    }
}
