package io.tailrace.connect.filetail.tail.local;

import io.tailrace.connect.filetail.tail.identify.StreamOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a stream has got beyond its last record.
 *
 * @param begun where the stream began, if Connect had no offset of it then, else null
 * @param last the offset of the last record that went out, or the one the stream was resumed from; null if there is none
 * @param reached where the stream is, all lines since {@code last} having been dealt with without a record
 */
public record LocalPosition(Map<String, Object> begun, Map<String, Object> last, Map<String, Object> reached) {

    /**
     * What is to be remembered of a stream.
     *
     * @param begun where it began, if Connect had no offset of it then, else null
     * @param last the offset of its last record, null if there is none
     * @param reached where it is
     * @param underWay whether an event has been begun since its last record, so that it must be begun again
     * @return its position, empty if Connect knows all of it
     */
    public static Optional<LocalPosition> of(
            Map<String, Object> begun, Map<String, Object> last, Map<String, Object> reached, boolean underWay) {
        if (underWay) {
            return begun == null
                    ? Optional.empty()
                    : Optional.of(new LocalPosition(begun, last, last == null ? begun : last));
        }
        boolean known = last != null
                && sameNumber(last, reached, StreamOffset.POSITION)
                && sameNumber(last, reached, StreamOffset.GENERATION);
        return begun == null && known ? Optional.empty() : Optional.of(new LocalPosition(begun, last, reached));
    }

    /**
     * Where to go on, given what Connect has saved.
     *
     * @param saved Connect's offset of the stream, empty if it has none
     * @return {@code reached} if nothing has been saved since but the last record; where the stream began if none of its
     *     records has been saved; else what Connect has saved, which an operator may have set
     */
    public Optional<Map<String, Object>> goOn(Optional<Map<String, Object>> saved) {
        if (saved.isEmpty()) {
            return Optional.ofNullable(last == null ? reached : begun);
        }
        boolean current = last != null && sameTime(last, saved.get());
        return current ? Optional.of(reached) : saved;
    }

    /**
     * Tells whether an older position has the same effect, so that it need not be replaced.
     *
     * @param older of the same stream
     * @return whether they are the same, or began the same and this one says nothing that Connect doesn't know
     */
    public boolean isSaidBy(LocalPosition older) {
        boolean nothingBeyond = last != null
                && sameTime(last, reached)
                && Objects.equals(last.get(StreamOffset.FINISHED), reached.get(StreamOffset.FINISHED));
        return equals(older) || (nothingBeyond && older.last != null && Objects.equals(begun, older.begun));
    }

    /**
     * Whether it says nothing of lines, but only that the stream has left its last file and has no other.
     *
     * @return whether Connect knows all the rest, once it has saved the last offset
     */
    public boolean saysOnlyThatItWasLeft() {
        return last != null
                && sameTime(last, reached)
                && !Objects.equals(last.get(StreamOffset.FINISHED), reached.get(StreamOffset.FINISHED));
    }

    private static boolean sameTime(Map<String, Object> one, Map<String, Object> other) {
        return sameNumber(one, other, StreamOffset.POSITION)
                && sameNumber(one, other, StreamOffset.GENERATION)
                && sameNumber(one, other, StreamOffset.MARKER);
    }

    private static boolean sameNumber(Map<String, Object> one, Map<String, Object> other, String field) {
        return Objects.equals(number(one.get(field)), number(other.get(field)));
    }

    private static Object number(Object value) {
        return value instanceof Number number ? (Object) number.longValue() : value;
    }
}
