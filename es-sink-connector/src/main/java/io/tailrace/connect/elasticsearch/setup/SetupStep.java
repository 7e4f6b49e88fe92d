package io.tailrace.connect.elasticsearch.setup;

/**
 * Something that must be on the server before documents are.
 *
 * @param what for messages, such as {@code index template 'logs'}
 * @param path where it is
 * @param json what it is; null if its name says all
 * @param overwrite whether one that is there already is replaced
 */
public record SetupStep(String what, String path, String json, boolean overwrite) {}
