package dev.jiggety.document;

import dev.jiggety.model.Configuration;

/**
 * What stood in the place of what a rollout changes, kept so that a later patch can bring it back.
 *
 * @param rollout the rollout
 * @param contents the documents that were there; those that the rollout made anew are not among
 *     them
 */
public record Before(String rollout, Configuration contents) {}
