package io.tailrace.connect.filetail.glob;

/** Places in a program, each once, in the order in which they were added. More can be added while they are gone through. */
final class Places {
    private final int[] places;

    /** Where in {@link #places} each is, if it is there. */
    private final int[] index;

    private int size;

    Places(int max) {
        this.places = new int[max];
        this.index = new int[max];
    }

    void add(int place) {
        if (!contains(place)) {
            index[place] = size;
            places[size++] = place;
        }
    }

    boolean contains(int place) {
        return index[place] < size && places[index[place]] == place;
    }

    int get(int i) {
        return places[i];
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void clear() {
        size = 0;
    }
}
