package dev.jiggety.agent.hub.behaviour;

import static dev.jiggety.agent.hub.behaviour.Behaviour.behaviour;

import java.util.List;

/** Who may do what (api/server/authn, api/database/security). */
final class RightsBehaviours {
  private RightsBehaviours() {}

  static List<Behaviour> all() {
    return List.of(
        behaviour(
            "a session says who asks",
            couch -> {
              couch
                  .get("/_session")
                  .is(200)
                  .has("ok", "true")
                  .has("userCtx.name", "\"ada\"")
                  .has("userCtx.roles", "[\"_admin\"]");
              couch.asNobody().get("/_session").is(200).has("userCtx.name", "null");
            }),
        behaviour(
            "a wrong password is refused",
            couch ->
                couch
                    .as("ada", "wrong" + couch.database())
                    .get("/_session")
                    .error(401, "unauthorized")),
        behaviour(
            "who logs in gets a cookie",
            couch -> {
              var login =
                  couch
                      .asNobody()
                      .post("/_session", "{\"name\":\"ada\",\"password\":\"secret\"}")
                      .is(200)
                      .has("ok", "true")
                      .headerLike("Set-Cookie", "AuthSession=.+HttpOnly.*");
              var cookie =
                  login
                      .response()
                      .headers()
                      .firstValue("Set-Cookie")
                      .orElseThrow()
                      .split(";", 2)[0];
              couch.asNobody().get("/_session", "Cookie", cookie).has("userCtx.name", "\"ada\"");
              couch.asNobody().get("", "Cookie", cookie).is(200);
              couch
                  .asNobody()
                  .delete("/_session", "Cookie", cookie)
                  .is(200)
                  .headerLike("Set-Cookie", "AuthSession=;.*");
            }),
        behaviour(
            "nobody gets no cookie",
            couch ->
                couch
                    .asNobody()
                    .post("/_session", "{\"name\":\"ada\",\"password\":\"wrong\"}")
                    .error(401, "unauthorized")),
        behaviour(
            "strangers see the door and no room",
            couch -> {
              var stranger = couch.asNobody();
              stranger.get("/").is(200);
              stranger.get("/_up").is(200);
              stranger.get("/_all_dbs").error(401, "unauthorized");
              stranger.get("").error(401, "unauthorized");
              stranger.put("/" + couch.database() + "x", "").error(401, "unauthorized");
              stranger.put("a", "{}").error(401, "unauthorized");
            }),
        behaviour(
            "a database belongs to administrators until it says otherwise",
            couch -> {
              couch
                  .get("_security")
                  .is(200)
                  .has("members.roles", "[\"_admin\"]")
                  .has("admins.roles", "[\"_admin\"]");
              couch
                  .put("_security", "{\"members\":{\"names\":[],\"roles\":[]},\"admins\":{}}")
                  .is(200)
                  .has("ok", "true");
              couch.get("_security").has("members.names", "[]");
              couch.asNobody().get("").is(200);
              couch.asNobody().put("_design/d", "{}").error(401, "unauthorized");
              couch.asNobody().put("a", "{}").is(201);
            }),
        behaviour(
            "users have roles that open databases",
            couch -> {
              couch.put("/_users", "");
              var name = "user" + couch.database();
              couch
                  .put(
                      "/_users/org.couchdb.user:" + name,
                      "{\"name\":\""
                          + name
                          + "\",\"password\":\"pass\",\"roles\":[\"crew\"],\"type\":\"user\"}")
                  .is(201);
              couch
                  .put(
                      "_security",
                      "{\"members\":{\"names\":[],\"roles\":[\"crew\"]},\"admins\":{}}")
                  .is(200);
              var user = couch.as(name, "pass");
              user.get("/_session").has("userCtx.roles", "[\"crew\"]");
              user.put("a", "{}").is(201);
              user.put("_design/d", "{}").error(403, "forbidden");
              user.put("_security", "{}").error(403, "forbidden");
              user.delete("").is(401);
              couch.asNobody().get("a").error(401, "unauthorized");
              couch
                  .get("/_users/org.couchdb.user:" + name)
                  .lacks("password")
                  .has("roles", "[\"crew\"]");
            }),
        behaviour(
            "an account is its owner's",
            couch -> {
              couch.put("/_users", "");
              for (var who : List.of("eve", "bob")) {
                var name = who + couch.database();
                couch
                    .put(
                        "/_users/org.couchdb.user:" + name,
                        "{\"name\":\""
                            + name
                            + "\",\"password\":\"pass\",\"roles\":[],\"type\":\"user\"}")
                    .is(201);
              }
              var eve = couch.as("eve" + couch.database(), "pass");
              eve.get("/_users/org.couchdb.user:eve" + couch.database()).is(200);
              eve.get("/_users/org.couchdb.user:bob" + couch.database()).is(404);
            }));
  }
}
