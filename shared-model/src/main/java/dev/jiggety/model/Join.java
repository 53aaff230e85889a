package dev.jiggety.model;

import java.time.Instant;

/**
 * What a guest asks for: to become a node. Written once for each invitation, so that of two who
 * have the same token one is heard.
 *
 * @param invitation the id of the invitation
 * @param name what the node is to be called, also its account
 * @param sealing its public key, as {@code signing.SealingKey} writes it
 * @param account the hash of the password that it made for itself
 * @param created when, by its clock
 */
public record Join(
    String invitation, String name, String sealing, AccountKey account, Instant created) {}
