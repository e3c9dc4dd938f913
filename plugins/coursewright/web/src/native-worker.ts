// The browser's own `Worker`, taken before anything may replace it. Imported first of all.

export const NativeWorker = window.Worker;
