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
