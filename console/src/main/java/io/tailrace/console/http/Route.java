package io.tailrace.console.http;

import io.tailrace.console.auth.Role;

/**
 * What is done for requests of one kind.
 *
 * @param method such as GET
 * @param path below the API's root, with <code>{name}</code> for a part and <code>&lt;key&gt;</code> for the rest of it
 * @param role who may ask
 * @param action what is done
 */
public record Route(String method, String path, Role role, Action action) {
    /** Does it. */
    @FunctionalInterface
    public interface Action {
        /**
         * Answers.
         *
         * @param request the request
         * @return the answer
         * @throws Exception a {@link Problem} says what is told; of others, those of etcd and the rest are told apart
         */
        Reply answer(Request request) throws Exception;
    }

    /**
     * Whether it changes something, so that nobody may be lured into it.
     *
     * @return true for all methods but GET
     */
    public boolean isUnsafe() {
        return !method.equals("GET");
    }
}
