package dev.jiggety.agent.hub.behaviour;

import java.util.Map;

/** Where PouchDB's server (express-pouchdb 4.2) is known to be no CouchDB. */
final class NpmDifferences {
  /** Names of behaviours, and what it does instead. */
  static final Map<String, String> ALL =
      Map.ofEntries(
          Map.entry("who logs in gets a cookie", "a logout leaves a cookie with a value"),
          Map.entry("strangers see the door and no room", "no _up"),
          Map.entry(
              "a database belongs to administrators until it says otherwise",
              "_security is empty until it is set"),
          Map.entry(
              "users have roles that open databases",
              "a user without the right to change a design document gets 401"),
          Map.entry(
              "an account is its owner's", "reading another's account is an error of its own, 500"),
          Map.entry("ranges of it are given", "attachments have no ranges"),
          Map.entry(
              "an attachment is deleted and the others stay",
              "errors have other words or statuses"),
          Map.entry("attachments of nothing are missing", "errors have other words or statuses"),
          Map.entry("names do not begin with an underscore", "errors have other words or statuses"),
          Map.entry("a stub keeps what is there", "a stub without digest finds nothing"),
          Map.entry("what is no Base64 is refused", "500"),
          Map.entry("contents that a client has are left out", "atts_since is not read"),
          Map.entry("contents follow a document in a multipart body", "its process ends"),
          Map.entry("a document with contents is given as multipart", "never multipart"),
          Map.entry("other packings than gzip are refused", "Content-Encoding is not read"),
          Map.entry("a batch changes and deletes", "a deleted document is 'missing'"),
          Map.entry("a batch must have documents", "errors have other words or statuses"),
          Map.entry(
              "nothing of a batch is stored that is wrong somewhere",
              "errors have other words or statuses"),
          Map.entry("keys that are no strings are before or behind all ids", "compared as strings"),
          Map.entry("parameters of lists are checked", "they are not"),
          Map.entry("several lists are asked for at once", "it has no such route"),
          Map.entry("design documents are listed by themselves", "it has no such route"),
          Map.entry("without a revision all leaves are fetched", "the winner alone"),
          Map.entry(
              "what cannot be fetched is said beside the rest",
              "the entries are empty objects, and merged"),
          Map.entry("a fetch must have documents", "errors have other words or statuses"),
          Map.entry("revisions that are not there are told", "no possible_ancestors"),
          Map.entry("they are told in the old way too", "it has no such route"),
          Map.entry("what is no revision is not compared", "they are not checked"),
          Map.entry("changes have limits and tell what is pending", "no pending"),
          Map.entry("a longpoll ends after its time", "timeout is not read"),
          Map.entry("feeds that are none are refused", "taken for a normal one"),
          Map.entry("sequences that are none are refused", "given back as they came"),
          Map.entry("the revision is the ETag", "the ETag is a hash of the answer"),
          Map.entry("what a client has is not sent again", "the ETag is a hash of the answer"),
          Map.entry(
              "what may change without the revision has no ETag",
              "the ETag is a hash of the answer"),
          Map.entry("missing and deleted are told apart", "a deleted document is 'missing'"),
          Map.entry(
              "old revisions are read until they are compacted",
              "what is no revision is missing, not wrong"),
          Map.entry("meta is three things at once", "conflicts alone or nothing"),
          Map.entry("several revisions are read as multipart by who takes it", "never multipart"),
          Map.entry("parameters are checked", "500, or not at all"),
          Map.entry(
              "an edit names its revision in the body, the query or If-Match",
              "If-Match is not read"),
          Map.entry(
              "an edit of another revision than the last is a conflict",
              "the reason has no full stop"),
          Map.entry("revisions in several places must be the same", "the last one counts"),
          Map.entry("a document is deleted by writing it so", "201"),
          Map.entry("batch=ok answers without a revision", "batch is not read"),
          Map.entry(
              "a posted document gets an id unless it has one",
              "the reason of a conflict has no full stop"),
          Map.entry("a document is copied", "the answer has no id"),
          Map.entry(
              "bodies that are no documents are refused", "errors have other words or statuses"),
          Map.entry("members of CouchDB's are checked", "500"),
          Map.entry("ids are checked", "errors have other words or statuses"),
          Map.entry("ids may have anything in them", "a plus stays a plus"),
          Map.entry("numbers keep their digits", "JavaScript's numbers have 53 bits"),
          Map.entry(
              "replicated revisions are taken as they are",
              "PUT with new_edits=false answers with an empty array"),
          Map.entry("a replicated revision must have one", "errors have other words or statuses"),
          Map.entry("a deleted leaf is a deleted conflict", "no deleted_conflicts"),
          Map.entry("local documents have no attachments", "errors have other words or statuses"),
          Map.entry("local documents are listed by themselves", "it has no such route"),
          Map.entry("the server says who it is", "it says that it is another one"),
          Map.entry("it says that it is up", "it has no such route"),
          Map.entry("it makes ids", "with dashes"),
          Map.entry("there is a limit to the ids it makes at once", "403"),
          Map.entry(
              "a database that is made is listed and has a location",
              "_all_dbs reads no parameters"),
          Map.entry("databases are listed downwards too", "_all_dbs reads no parameters"),
          Map.entry("names of databases are checked", "they are not"),
          Map.entry("names of databases may have a slash", "it is lost"),
          Map.entry(
              "a database that is not there is missing", "errors have other words or statuses"),
          Map.entry("a database tells its counts", "no doc_del_count"),
          Map.entry("a database tells its sizes, sequences and layout", "nothing of the kind"),
          Map.entry("several databases are told of at once", "it has no such route"),
          Map.entry("the limit of revisions is told and set", "it has no such route"),
          Map.entry("what wants JSON wants it called JSON", "Content-Type is not read"),
          Map.entry("methods that are not there are named", "other routes answer"),
          Map.entry(
              "answers are to be asked for again, and are called what was asked for",
              "no Cache-Control"),
          Map.entry("each answer has an id", "none has"),
          Map.entry("documents are purged without a trace", "it has no such route"),
          Map.entry("purges have limits that are told", "it has no such route"),
          Map.entry("a database may have partitions", "none has"),
          Map.entry("parameters of a new database are checked", "they are not read"));

  private NpmDifferences() {}
}
