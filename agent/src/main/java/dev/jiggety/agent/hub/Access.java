package dev.jiggety.agent.hub;

/** Who may call a route. */
enum Access {
  /** Everybody, also who has not said who they are. */
  PUBLIC,
  /** Administrators of the server. */
  SERVER_ADMIN,
  /** Who may read and write documents of the database. */
  MEMBER,
  /** Who may change design documents and settings of the database. */
  DATABASE_ADMIN
}
