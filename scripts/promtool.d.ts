/** Where Prometheus's own checker is on this machine; `null` where Debian's package `prometheus` is not installed. */
export declare function promtool(): string | null
//# sourceMappingURL=promtool.d.ts.map
