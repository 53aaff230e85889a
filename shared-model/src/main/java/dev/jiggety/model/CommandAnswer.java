package dev.jiggety.model;

import java.time.Instant;

/**
 * What became of a command.
 *
 * @param command its id
 * @param done whether it was carried out, or was so already
 * @param text one line for people; says why where it was not done
 * @param at when the manager decided
 */
public record CommandAnswer(String command, boolean done, String text, Instant at) {}
