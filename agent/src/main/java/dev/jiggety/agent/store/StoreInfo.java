package dev.jiggety.agent.store;

/**
 * The state of a store at one moment.
 *
 * @param docCount documents whose winner is not deleted
 * @param deletedCount documents whose winner is deleted
 * @param updateSeq sequence of the latest change; 0 for an empty store
 * @param purgeSeq number of purges so far
 * @param fileBytes size of the database file, in bytes
 * @param activeBytes of these, the bytes in use; the rest goes with compaction
 * @param instanceStartTime when this incarnation of the store began, in µs since 1970
 */
public record StoreInfo(
    long docCount,
    long deletedCount,
    long updateSeq,
    long purgeSeq,
    long fileBytes,
    long activeBytes,
    long instanceStartTime) {}
