package io.tailrace.connect.elasticsearch.document;

import java.util.HashSet;
import java.util.Set;

/**
 * Names of fields that can stand in one document. To the server a name with a dot is a field inside of an object, so
 * {@code host} and {@code host.name} can't stand beside each other, unless {@code host} is an object, which isn't
 * looked at here.
 */
final class FieldNames {

    private final Set<String> names = new HashSet<>();
    private final Set<String> objects = new HashSet<>();

    FieldNames() {}

    /**
     * Adds a name if it can stand beside all others.
     *
     * @return whether it could
     */
    boolean add(String name) {
        if (objects.contains(name) || names.contains(name)) {
            return false;
        }
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            if (names.contains(name.substring(0, dot))) {
                return false;
            }
        }
        names.add(name);
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            objects.add(name.substring(0, dot));
        }
        return true;
    }
}
