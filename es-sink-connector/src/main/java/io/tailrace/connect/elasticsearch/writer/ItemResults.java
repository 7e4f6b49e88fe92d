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
import java.util.function.BiPredicate;

/** What became of the operations of one batch, sorted. */
final class ItemResults {

    private static final String UNPARSED = "parse_exception";

    private final List<Operation> done;
    private final List<Operation> left = new ArrayList<>();
    private final List<Refused> poison = new ArrayList<>();
    private final List<ItemOutcome.Retry> retries = new ArrayList<>();
    private boolean mustSplit;
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
     * @param isInDoubt whether it can't be said yet that a document is to blame for this error
     */
    static ItemResults of(Batch batch, List<ItemOutcome> outcomes, BiPredicate<Operation, ServerError> isInDoubt) {
        ItemResults results = new ItemResults(batch.size());
        Set<String> undone = new HashSet<>();
        for (int i = 0; i < outcomes.size(); i++) {
            Operation operation = batch.operations().get(i);
            ItemOutcome outcome = outcomes.get(i);
            if (outcome instanceof ItemOutcome.Poison refused && outcomes.size() > 1 && isShared(refused)) {
                results.mustSplit = true;
                results.leave(operation, undone);
            } else if (outcome instanceof ItemOutcome.Poison refused && isInDoubt.test(operation, refused.error())) {
                results.sort(operation, refused.again(), undone);
            } else {
                results.sort(operation, outcome, undone);
            }
        }
        return results;
    }

    /** OpenSearch holds one document that a pipeline can't parse against all of its request. */
    private static boolean isShared(ItemOutcome.Poison refused) {
        return refused.error().type().equals(UNPARSED);
    }

    private void sort(Operation operation, ItemOutcome outcome, Set<String> undone) {
        if (outcome instanceof ItemOutcome.Done) {
            // What an earlier record does with the same document comes again, and would undo this.
            boolean again = undone.contains(operation.sequence());
            (again ? left : done).add(operation);
        } else if (outcome instanceof ItemOutcome.Retry retry) {
            leave(operation, undone);
            retries.add(retry);
        } else if (outcome instanceof ItemOutcome.Poison refused) {
            poison.add(new Refused(operation, refused.error()));
        } else if (outcome instanceof ItemOutcome.Fatal refused) {
            fatal = fatal == null ? new Refused(operation, refused.error()) : fatal;
        }
    }

    private void leave(Operation operation, Set<String> undone) {
        left.add(operation);
        if (operation.sequence() != null) {
            undone.add(operation.sequence());
        }
    }

    List<Operation> done() {
        return done;
    }

    /** What must be sent again. */
    List<Operation> left() {
        return left;
    }

    /** Whether some of them may have been refused for others' sake, so that they must be sent apart. */
    boolean mustSplit() {
        return mustSplit;
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
