package dev.jiggety.document;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** The ids of documents: a type, a colon, and what makes the thing unique. */
public final class Ids {
  /** What a test's id or a node's name may be. */
  public static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("yyyyMMddHH", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Ids() {}

  /** The id of a test's document. */
  public static String test(String testId) {
    return "test:" + testId;
  }

  /** The id of a node's status document. */
  public static String node(String name) {
    return "node:" + name;
  }

  /** The id of what a manager says of itself. */
  public static String manager(String name) {
    return "manager:" + name;
  }

  /** The id of the last log lines of a node, or of {@code manager:<name>}. */
  public static String log(String writer) {
    return "log:" + writer;
  }

  /** The id of what an embedded hub says of itself. */
  public static String hub(String name) {
    return "hub:" + name;
  }

  /** The id of a patch's document. */
  public static String patch(String patchId) {
    return "patch:" + patchId;
  }

  /** The id of a rollout's document. */
  public static String rollout(String rolloutId) {
    return "rollout:" + rolloutId;
  }

  /** The id of the document of an installation's own strategy. */
  public static String strategy(String name) {
    return "strategy:" + name;
  }

  /** The id of the document of a way to tell people. */
  public static String channel(String channelId) {
    return "channel:" + channelId;
  }

  /** The id of the document that says who is told of what. */
  public static String policy(String policyId) {
    return "policy:" + policyId;
  }

  /** The id of what a person asks the one who sends notices for. */
  public static String request(String requestId) {
    return "request:" + requestId;
  }

  /** The id of the one document that nodes follow. */
  public static String head() {
    return "head";
  }

  /** The id of the one document with the patches that nodes try. */
  public static String candidate() {
    return "candidate";
  }

  /** The id of the document of a key that is believed. */
  public static String key(String keyId) {
    return "key:" + keyId;
  }

  /** The id of a maintenance window's document. */
  public static String window(String windowId) {
    return "window:" + windowId;
  }

  /** The id of the one document of settings. */
  public static String settings() {
    return "settings";
  }

  /** The id of the one document that says which release of the agent nodes run. */
  public static String agent() {
    return "agent";
  }

  /** The id of a release of the agent. */
  public static String release(String version) {
    return "release:" + version;
  }

  /** The id of a piece of a release; it is named by its content. */
  public static String part(String sha256) {
    return "part:" + sha256;
  }

  /** The id of a sealed secret's document. */
  public static String secret(String name) {
    return "secret:" + name;
  }

  /** The id of the one document that tells nodes which sealed secrets there are. */
  public static String secrets() {
    return "secrets";
  }

  /** The id of what an operator wants done with a secret. */
  public static String deposit(String depositId) {
    return "deposit:" + depositId;
  }

  /** The id of what a manager's secrets are sealed to. */
  public static String sealer(String keyId) {
    return "sealer:" + keyId;
  }

  /** Whether documents of that id are put in force by patches, and count in the digest. */
  public static boolean isOfConfiguration(String id) {
    return id.startsWith("test:")
        || id.startsWith("key:")
        || id.startsWith("strategy:")
        || id.startsWith("window:")
        || id.startsWith("channel:")
        || id.startsWith("policy:")
        || id.equals(settings())
        || id.equals(agent());
  }

  /** The id of an operator's command. */
  public static String command(String commandId) {
    return "command:" + commandId;
  }

  /** The id of the answer to a command. */
  public static String answer(String commandId) {
    return "answer:" + commandId;
  }

  /** The id of a request to try a test. */
  public static String trial(String requestId) {
    return "trial:" + requestId;
  }

  /** The id of the one document with the requests that nodes look at. */
  public static String trials() {
    return "trials";
  }

  /** The id of the answer to a request to try a test; of the manager's where no node is named. */
  public static String trialAnswer(String requestId, String node) {
    return node.isEmpty() ? trialAnswers(requestId) : trialAnswers(requestId) + ":" + node;
  }

  /** What the ids of all answers to a request begin with. */
  public static String trialAnswers(String requestId) {
    return "trial-answer:" + requestId;
  }

  /** The id of what stood before a rollout in the place of what it changed. */
  public static String before(String rolloutId) {
    return "before:" + rolloutId;
  }

  /** The id of the one document of places in the line. */
  public static String line() {
    return "line";
  }

  /** The id of a line of the audit log; they sort by number. */
  public static String audit(long number) {
    return String.format(Locale.ROOT, "audit:%012d", number);
  }

  /** The id of the document by which an operator invites a node. */
  public static String invitation(String invitationId) {
    return "invitation:" + invitationId;
  }

  /** The id of what a guest with an invitation asks for. */
  public static String join(String invitationId) {
    return "join:" + invitationId;
  }

  /** The id of the manager's answer to an invitation. */
  public static String admission(String invitationId) {
    return "admission:" + invitationId;
  }

  /** The id of the document of a node that was let in. */
  public static String member(String node) {
    return "member:" + node;
  }

  /** The id of an operator's word that a node is no member any more. */
  public static String dismissal(String dismissalId) {
    return "dismissal:" + dismissalId;
  }

  /**
   * The id of a batch. It begins with the batch's time so that the results of any span are one
   * range of {@code _all_docs}, on every CouchDB and without a view; node, stream and seq make it
   * unique.
   */
  public static String batch(Instant at, String node, String stream, long seq) {
    return String.format(Locale.ROOT, "%s:%s:%s:%09d", batchesFrom(at), node, stream, seq);
  }

  /** The id of what a node found out about a test in an hour, and the parts that came later. */
  public static String pack(String test, Instant hour, String node, int part) {
    return packsFrom(test, hour) + ":" + node + ":" + part;
  }

  /** What the ids of all packs of a test and an hour begin with; a {@code startkey} as well. */
  public static String packsFrom(String test, Instant hour) {
    return "pack:" + test + ":" + HOUR.format(hour);
  }

  /** The id of the roll-up of a day. */
  public static String day(String test, Instant day, String node, int part) {
    return daysFrom(test, day) + ":" + node + ":" + part;
  }

  /** What the ids of all roll-ups of a test and a day begin with. */
  public static String daysFrom(String test, Instant day) {
    return "day:" + test + ":" + DAY.format(day);
  }

  /** The first id that a batch of this time can have: a {@code startkey} or {@code endkey}. */
  public static String batchesFrom(Instant at) {
    return "batch:" + TIME.format(at);
  }

  /** The id of an incident's document. */
  public static String incident(String incidentId) {
    return "incident:" + incidentId;
  }

  /**
   * What makes an incident unique: that of a subject and a group of kinds which began then. It
   * begins with the time, so that those of a span are one range of ids.
   *
   * @param group a group of kinds of which a subject has one at a time
   */
  public static String incidentId(Instant began, String group, String subject) {
    return TIME.format(began) + ":" + group + ":" + subject;
  }

  /** The first id that an incident of this time can have: a {@code startkey} or {@code endkey}. */
  public static String incidentsFrom(Instant began) {
    return incident(TIME.format(began));
  }

  /** The id of what somebody said of an incident; those of one incident are one range. */
  public static String act(String incidentId, String actId) {
    return "act:" + incidentId + ":" + actId;
  }

  /** The first id that what was said of an incident of this time can have. */
  public static String actsFrom(Instant began) {
    return "act:" + TIME.format(began);
  }

  /**
   * The time in the id of a batch, an incident, or what was said of one.
   *
   * @throws IllegalArgumentException where there is none; one line for people
   */
  public static Instant timeOf(String id) {
    String[] parts = id.split(":", 3);
    try {
      return TIME.parse(parts.length < 2 ? "" : parts[1], Instant::from);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("there is no time in the id " + id, e);
    }
  }
}
