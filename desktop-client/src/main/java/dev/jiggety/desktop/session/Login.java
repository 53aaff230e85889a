package dev.jiggety.desktop.session;

import dev.jiggety.base.Secret;

/** Who asks the hub. Kept in memory for as long as the connection lives. */
public record Login(String user, Secret password) {}
