package dev.jiggety.couch;

/** One revision of one document. */
public record DocumentRef(String id, String rev) {}
