package io.tailrace.connect.filetail.glob;

import java.util.List;
import java.util.function.IntPredicate;

/** One step of a compiled pattern. After each comes the next one of the program, but where it says otherwise. */
sealed interface Instruction {
    /**
     * One character.
     *
     * @param test which ones
     */
    record One(IntPredicate test) implements Instruction {}

    /**
     * Any number of characters, none included.
     *
     * @param test which ones
     */
    record Any(IntPredicate test) implements Instruction {}

    /**
     * Goes on elsewhere, in all of these places.
     *
     * @param targets indices in the program
     */
    record Fork(List<Integer> targets) implements Instruction {}
}
