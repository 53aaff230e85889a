package dev.jiggety.agent.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.certificate.CertificateEnd;
import dev.jiggety.agent.cli.Finding.Grade;
import dev.jiggety.couch.DatabaseInfo;
import dev.jiggety.couch.DocumentRow;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.IdRange;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.Ids;
import dev.jiggety.model.HubRole;
import dev.jiggety.repository.couch.Provisioner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the hub answers, lets us in, and holds what this version needs. */
final class HubExamination {
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(3);
  private static final String ADMIN = "_admin";

  private final Findings findings;
  private final Hub hub;
  private final DatabaseNames names;
  private final Instant now;

  HubExamination(Findings findings, Hub hub, DatabaseNames names, Instant now) {
    this.findings = findings;
    this.hub = hub;
    this.names = names;
    this.now = now;
  }

  /** Whether it answers and lets us in, which is what all else needs. */
  boolean isOpen() {
    String what = "hub " + hub.address();
    certificate();
    switch (hub.welcome()) {
      case Outcome.Ok<JsonObject>(JsonObject welcome) ->
          findings.good(what, "answers, " + describe(welcome));
      case Outcome.Unavailable<JsonObject> away -> {
        findings.add(Grade.NO_HUB, what, away.inWords());
        return false;
      }
      case Outcome<JsonObject> other -> findings.bad(what, other.inWords());
    }
    if (!session()) {
      return false;
    }
    clock();
    return true;
  }

  private static String describe(JsonObject welcome) {
    JsonElement vendor = welcome.get("vendor");
    String version = welcome.has("version") ? welcome.get("version").getAsString() : "?";
    return vendor instanceof JsonObject object && object.has("name")
        ? object.get("name").getAsString() + " " + version
        : "version " + version;
  }

  private void certificate() {
    Optional<Instant> end = HubCertificate.expires(hub.address());
    if (end.isEmpty()) {
      encryption();
      return;
    }
    String what = "certificate of the hub";
    String until = end.get().toString();
    Optional<String> amiss = CertificateEnd.inWords(end.get(), now);
    if (amiss.isEmpty()) {
      findings.good(what, "good until " + until);
    } else if (end.get().isAfter(now)) {
      findings.odd(what, amiss.get());
    } else {
      findings.bad(what, amiss.get());
    }
  }

  private void encryption() {
    HubAddress address = hub.address();
    if (!address.isTls() && !address.isNear()) {
      findings.odd(
          "encryption",
          "passwords travel to "
              + address
              + " unencrypted; give the hub a certificate"
              + " (jiggety provision --tls) and write https");
    }
  }

  private boolean session() {
    Outcome<JsonObject> session = hub.session();
    if (!(session instanceof Outcome.Ok<JsonObject>(JsonObject json)
        && json.get("userCtx") instanceof JsonObject user)) {
      findings.add(
          session instanceof Outcome.Refused<JsonObject> ? Grade.NO_HUB : Grade.BAD,
          "rights",
          session.inWords());
      return false;
    }
    JsonElement name = user.get("name");
    boolean isSomebody = name != null && !name.isJsonNull();
    String who = isSomebody ? "logged in as " + name.getAsString() : "not logged in";
    JsonArray roles = user.get("roles") instanceof JsonArray array ? array : new JsonArray();
    boolean isMember =
        Stream.concat(HubRole.labels().stream(), Stream.of(ADMIN))
            .anyMatch(role -> roles.contains(new JsonPrimitive(role)));
    if (isMember) {
      findings.good("rights", who + ", roles " + roles);
    } else if (isSomebody) {
      findings.bad(
          "rights", who + " without a role of ours; give this user one of " + HubRole.labels());
    } else {
      findings.bad("rights", who + "; set JIGGETY_USER and JIGGETY_PASSWORD, or --credentials");
    }
    return true;
  }

  private void clock() {
    hub.clockOffset()
        .ifPresent(offset -> {
          if (offset.abs().compareTo(CLOCK_TOLERANCE) > 0) {
            findings.bad(
                "clock",
                "differs from the hub's by " + offset.toSeconds() + " s; set up NTP on both");
          } else {
            findings.good("clock", "agrees with the hub's to the second");
          }
        });
  }

  /** Whether all databases are there, with design documents of this version. */
  void databases() {
    new Provisioner(hub, names).needed(now).forEach(this::database);
  }

  private void database(String name) {
    String what = "database " + name;
    Outcome<DatabaseInfo> info = hub.database(name).info();
    switch (info) {
      case Outcome.Ok<DatabaseInfo>(DatabaseInfo found) -> design(name, found.documents());
      case Outcome.Missing<DatabaseInfo> _ ->
          findings.bad(what, "is not there; run 'jiggety provision'");
      default -> findings.bad(what, info.inWords());
    }
  }

  private void design(String name, long documents) {
    String what = "database " + name;
    Outcome<JsonObject> found = hub.database(name).get(Provisioner.DESIGN);
    if (found instanceof Outcome.Missing<JsonObject>) {
      findings.bad(what, "has no rules and indexes of ours; run 'jiggety provision'");
      return;
    }
    if (!(found instanceof Outcome.Ok<JsonObject>(JsonObject design))) {
      findings.bad(what, found.inWords());
      return;
    }
    int version = design.get("version") instanceof JsonPrimitive number ? number.getAsInt() : 0;
    int ours = Provisioner.designVersion();
    if (version < ours) {
      findings.bad(
          what,
          "has rules of version %d, this program has %d; run 'jiggety provision'"
              .formatted(version, ours));
    } else if (version > ours) {
      findings.odd(
          what, "has rules of version %d, this program has %d; update it".formatted(version, ours));
    } else {
      findings.good(what, documents + " documents");
    }
  }

  /** Whether anybody is told of incidents. */
  void channels() {
    Optional<Boolean> channel = isThereAny(Ids.channel(""));
    Optional<Boolean> policy = isThereAny(Ids.policy(""));
    if (channel.isEmpty() || policy.isEmpty()) {
      return; // that the hub does not let us look is said elsewhere
    }
    if (channel.get() && policy.get()) {
      findings.good("notifications", "there is a policy; 'jiggety notify test ID' tries a channel");
    } else {
      String missing = channel.get() ? "a policy" : "a channel and a policy";
      findings.odd("notifications", "nobody is told of incidents; apply a file with " + missing);
    }
  }

  private Optional<Boolean> isThereAny(String idsBeginWith) {
    IdRange ids = IdRange.startingWith(idsBeginWith).idsOnly().limitedTo(1);
    return hub.database(names.config()).allDocs(ids)
            instanceof Outcome.Ok<List<DocumentRow>>(List<DocumentRow> rows)
        ? Optional.of(!rows.isEmpty())
        : Optional.empty();
  }
}
