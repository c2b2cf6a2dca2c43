/** Made from ../openapi.json by `npm run gen:api`; do not edit. */
export interface paths {
    "/api/v1/backtest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * How large a condition was at the end of each of some days, and who came and went. Each history is walked once,
         *     however many days there are; the request ends early when its client goes away.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PastBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Backtest"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backtest/stays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Who was in a condition over some days, and from when to when. */
        post: {
            parameters: {
                query?: {
                    /** @description `next` of the page before. */
                    after?: string;
                    /** @description How many rows; 100 when not said, at most 500. */
                    limit?: number;
                    /** @description Only those whose name, reading or key has this in it. */
                    q?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PastBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BacktestStays"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a backup: facts, definitions, people, in one file. An answer that breaks off is no whole backup, and `kizashi
         *     restore` says so.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The backups that are kept in the folder, and whether one is on its way. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Backups"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Begins to make a backup in the folder, in the background; one that is on its way goes on. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Backups"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        /** Stops the backup that is on its way; nothing is left of it. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Backups"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A backup as a file. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Removes a backup for good. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Backups"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups/{name}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reads a backup to its end: every byte of it is what was written. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BackupChecked"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/batches/{batch}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes an outcome or a report back: one's own, or anyone's for those who see all customers. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    batch: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Undone"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The changes of all segments, onwards: a program that keeps the last `seq` hands each one on once. */
        get: {
            parameters: {
                query?: {
                    /** @description The `last` of the answer before; 0, and when left out, from the beginning. */
                    after?: number;
                    /** @description How many rows at most, 1 to 500. */
                    limit?: number;
                    /** @description Only changes of this segment. */
                    segment?: string;
                    /** @description So many seconds to wait for a change when there is none, 30 at most. */
                    wait?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ChangesOnwards"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Moves the clock forward and answers when everything that fell due has been done. Only on a server for tests. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MoveClock"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ClockNow"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/collect/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes in what a page of the firm's site tells. Sending the same again is harmless. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Collected"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CollectedAnswer"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/combinations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many are in which of some segments, and in no other of them. */
        get: {
            parameters: {
                query: {
                    /** @description The ids of 2 to 12 segments, with commas between. */
                    ids: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Combinations"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/condition.schema.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The written form of conditions as a JSON Schema, for editors and for programs that write conditions. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description JSON Schema, draft 2020-12 */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": Record<string, unknown>;
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/crosstab": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Counts a table of one or two measures. Everybody the caller may see is in exactly one cell. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TableBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CrossTable"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/crosstab/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Those in a cell of a table, or those who came or went. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CellBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CellCustomers"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customer-edits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's own edits, or everybody's for those who see all customers. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Edits"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Begins to change customers, in the background. Whoever is so already is left as they are. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["EditBody"];
                };
            };
            responses: {
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["EditTold"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customer-edits/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One edit. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["EditTold"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Stops an edit that is at work; what it did is taken back. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["EditTold"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customer-edits/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes an edit back, in the background, for 30 days after it was made. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["EditTold"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customer-export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The chosen customers as a file for spreadsheets. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Chosen"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The customers the caller may see, in the order in which they became known. */
        get: {
            parameters: {
                query?: {
                    /** @description `next` of the page before. */
                    after?: string;
                    /** @description How many rows; 100 when not said, at most 500. */
                    limit?: number;
                    /** @description Only those whose name, reading or key has this in it. */
                    q?: string;
                    /** @description Only companies, or only persons. */
                    kind?: components["schemas"]["CustomerKind"];
                    /** @description Only the members of this segment. */
                    segment?: string;
                    /** @description Only the customers of this rep. */
                    rep?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Customers"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Takes in what is known of customers; also line by line, as events. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Attributes"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TakenIn"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One customer. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CustomerDetail"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Erases a customer: every fact, the keys and addresses, and what imports kept of rows. What comes in of the customer
         *     later is refused. There is no way back.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Erasure"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{key}/due": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a customer is about to buy again, the likeliest first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CustomerDue"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{key}/needs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is known of a customer's needs: recorded, or shown by reports, signs and behaviour. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CustomerNeeds"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Records what is known of a need of a customer. It can be taken back for an hour. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NeedNote"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NeedTaken"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{key}/next-offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What to offer a customer next, with what speaks for it. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CustomerNext"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{key}/offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How well each offer fits a customer, the best fit first, and the customer's needs. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CustomerOffers"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{key}/organisation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which firm, site and person a customer is, and who else is of that firm. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CustomerIds"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{key}/outlook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is to come of a customer: scores with their reasons, value with its range, and the next purchase. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CustomerOutlook"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{key}/proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The proposals to a customer. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Proposals"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Writes down that an offer was proposed, with the level as it is now. It can be taken back for an hour. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ProposalBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProposalTaken"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{key}/proposals/{proposal}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says what came of a proposal; the last answer counts. It can be taken back for an hour. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    key: string;
                    proposal: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AnswerBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AnswerTaken"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{key}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened with one customer, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Only those before this instant; or `next` of the page before. */
                    before?: string;
                    /** @description How many rows; 100 when not said, at most 500. */
                    limit?: number;
                    /** @description Only events of this name. */
                    name?: string;
                    /** @description Of this record, or of the whole firm it belongs to; of the record when not said. */
                    of?: "record" | "organisation";
                };
                header?: never;
                path: {
                    key: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Timeline"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dictionary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The dictionary in force. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DictionaryShown"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        /** Puts a dictionary in force once its examples come out as they say. Past texts are read again by it. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewDictionary"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DictionaryShown"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dictionary/reading": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reads all past texts again. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        /** Stops the reading of past texts; what was put right stays. It goes on at the next start. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dictionary/terms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds words by which a topic is found, to a rule of its own within the topic. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewTerm"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DictionaryShown"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dictionary/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tries a dictionary, its examples included; nothing is kept. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TryBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Tried"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dictionary/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The versions of the firm's own dictionary. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DictionaryVersions"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dictionary/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The dictionary as it stood; version 0 is the one that comes with the program. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    version: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DictionaryThen"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/due": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is due with all customers, the likeliest first. */
        get: {
            parameters: {
                query?: {
                    /** @description `next` of the page before. */
                    after?: string;
                    /** @description How many rows; 100 when not said, at most 500. */
                    limit?: number;
                    /** @description What is due this week when not said. */
                    when?: components["schemas"]["DueWhen"];
                    /** @description Only this product. */
                    product?: string;
                    /** @description Only the customers of this rep; a rep always sees own ones only. */
                    rep?: string;
                    /** @description Only customers whose name, reading or key has this in it. */
                    q?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DueList"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes in events. Sending the same again is harmless. With `Content-Type: application/x-ndjson` each line is an
         *     event, and the source stands in the address: `?source=shop`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Events"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TakenIn"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/flows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who went from which segment to which between two instants, by what is known now. */
        get: {
            parameters: {
                query: {
                    /** @description The instant before. */
                    from: string;
                    /** @description The instant after; not after now. */
                    to: string;
                    /** @description The ids of segments, with commas between; each customer is in the first of them that holds. */
                    ids: string;
                    /** @description In the list of customers: the segment before; left out for those who were in none. */
                    a?: string;
                    /** @description In the list of customers: the segment after; left out for those who are in none. */
                    b?: string;
                    /** @description `next` of the page before. */
                    after?: string;
                    /** @description How many rows; 100 when not said, at most 500. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FlowTable"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/flows/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Those who went from one segment to another between two instants. */
        get: {
            parameters: {
                query: {
                    /** @description The instant before. */
                    from: string;
                    /** @description The instant after; not after now. */
                    to: string;
                    /** @description The ids of segments, with commas between; each customer is in the first of them that holds. */
                    ids: string;
                    /** @description In the list of customers: the segment before; left out for those who were in none. */
                    a?: string;
                    /** @description In the list of customers: the segment after; left out for those who are in none. */
                    b?: string;
                    /** @description `next` of the page before. */
                    after?: string;
                    /** @description How many rows; 100 when not said, at most 500. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FlowCustomers"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/foretold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What signs of each kind foretell. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ForetoldList"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/foretold/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Says what signs of a kind foretell. What was found by the outcome before is marked as out of date. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    kind: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ForetoldBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ForetoldList"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        /** Goes back to the built-in outcome of a kind. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    kind: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ForetoldList"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server is well. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Health"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The hooks there are. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Hooks"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hooks/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Makes a hook, or gives one a new secret; what was signed with the old one is refused from now on. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MadeHook"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        /** Takes in events that are signed. Sending the same again is harmless. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TakenIn"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        /** Takes a hook away. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest imports. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Imports"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Takes files in and looks at them; nothing of them counts yet. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": components["schemas"]["Files"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Imports"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One import. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Import"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Reads a file differently: another kind, other columns, another sheet. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ImportPatch"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Import"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/imports/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stops an import before it is taken in. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Import"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Looks at every row without taking anything in; in the background. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Import"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/commit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes the rows in, all of them or none; in the background. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Import"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/problems.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every row that was left out, as a file for spreadsheets. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes an import back: its facts no longer count. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Import"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inventory": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What data there is. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Inventory"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The keys in use. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Keys"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Makes a key. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewKey"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MadeKey"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revokes a key. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mentions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How often topics come up over time. */
        get: {
            parameters: {
                query?: {
                    /** @description The first day, in; twelve weeks before today when left out. */
                    from?: string;
                    /** @description The last day, in; today when left out. */
                    to?: string;
                    /** @description How long each step is; a week when left out. */
                    unit?: "day" | "week" | "month";
                    /** @description What is counted; topics when left out. */
                    by?: "topic" | "term";
                    /** @description Only mentions of this topic. */
                    topic?: string;
                    /** @description Only what this person wrote. */
                    rep?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MentionTable"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every model with the card of its last run. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Models"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/models/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One model. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ModelRow"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        /** Writes a model, new or changed. It is learnt when it is asked to be. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ModelBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ModelRow"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        /** Takes a model out of use. Its scores stay as facts of their time. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/models/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stops learning; what was there before stays. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ModelRow"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/models/{id}/learn": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begins to learn a model and to score everybody, in the background. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ModelRow"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/models/{id}/prospects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Those who are like the members of the segment, the likest first, with what they have in common and whom they are
         *     nearest to. A rep sees own customers only, also among the members.
         */
        get: {
            parameters: {
                query?: {
                    /** @description `next` of the page before. */
                    after?: string;
                    /** @description How many rows; 100 when not said, at most 500. */
                    limit?: number;
                    /** @description Only those whose name, reading or key has this in it. */
                    q?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Prospects"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/needs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All needs, those out of use too. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Needs"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/needs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Writes a need, new or changed. One that was taken out of use is in use again. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NeedBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NeedRow"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        /** Takes a need out of use, unless an offer in use meets it. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NeedRow"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/next-offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is bought together more often than chance, and how good suggestions made of it were. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NextOffersShown"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Begins to learn what is bought together, in the background; what runs goes on. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["GoodsBody"];
                };
            };
            responses: {
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NextOffersShown"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        /** Stops learning. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["NextOffersShown"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All offers, those switched off too. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Offers"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Makes an offer. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OfferBody"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OfferShown"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/offers/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes in a file of offers and the needs they meet, YAML or JSON: all of it, or nothing. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description YAML or JSON */
            requestBody: {
                content: {
                    "text/plain": string;
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OffersTaken"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/offers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One offer with its definition. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OfferShown"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        /** Changes an offer: the version before stays. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OfferBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OfferShown"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        /** Switches an offer off. Nothing is lost: it can be brought back. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OfferShown"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/offers/{id}/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Customers in the order in which an offer fits them, without those who have it. */
        get: {
            parameters: {
                query?: {
                    /** @description `next` of the page before. */
                    after?: string;
                    /** @description How many rows; 100 when not said, at most 500. */
                    limit?: number;
                    /** @description Only those whose name, reading or key has this in it. */
                    q?: string;
                    /** @description How well this variant fits, instead of the offer itself. */
                    variant?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OfferCustomers"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/offers/{id}/match/{customer}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How well an offer fits one customer, criterion by criterion. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    customer: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Match"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/offers/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Brings an offer back that was switched off. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OfferShown"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/offers/{id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What came of the proposals of an offer to customers the caller may see: by level, and by criterion. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OfferReview"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/offers/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The versions of an offer, newest first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OfferVersions"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The description of the API. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OpenAPI 3.1 */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": unknown;
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/packs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All segments a trade begins with, for each trade, each with what it needs and whether it is in use. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Packs"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/packs/{id}/install": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts all segments of a pack in use. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["InstallBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PackInstalled"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/packs/{id}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes the segments of a pack out of use, as far as they are unchanged and nothing else refers to them. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PackRemoved"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/page-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rules. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Rules"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        /** Sets the firm's own rules; later imports follow them. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewRules"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Rules"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pairs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Pairs of customers that may be one. */
        get: {
            parameters: {
                query?: {
                    /** @description Those that wait for people when left out. */
                    show?: "open" | "later" | "same" | "different";
                    /** @description `next` of the page before. */
                    after?: number;
                    /** @description How many rows; 50 when not said, at most 500. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PairList"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pairs/at-once": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Says what is done with new records. Customers who came while it was switched off are compared once it is on again. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["AtOnceBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AtOnceFar"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pairs/find": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Looks for pairs among all customers, in the background. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["FindBody"];
                };
            };
            responses: {
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        /** Stops looking for pairs; nothing is changed then. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/pairs/{a}/{b}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Decides about a pair, or takes a decision back. Who is one has one history from then on; parted, each has its own
         *     again.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    a: string;
                    b: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["DecisionBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DecisionKept"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/patterns/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a search found, and whether one is going on. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    kind: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PatternsShown"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Begins to search what foretells an outcome, in the background; a search that runs goes on. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    kind: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MineBody"];
                };
            };
            responses: {
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PatternsShown"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        /** Stops a search. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    kind: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PatternsShown"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everyone of the workspace. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["People"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Invites someone. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Invited"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes what someone may do, and the like. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PersonPatch"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Person"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/v1/people/{id}/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new link for someone: an invitation, or one to choose a new password. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OneTimeLink"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tries a condition on all customers. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Trial"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Preview"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/preview/why/{customer}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Why a customer is in a condition that is not saved, or is not. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    customer: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TrialWhy"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Why"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/proposal-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How proposals are written down. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProposalRules"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        /** Says how proposals are to be written down. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ProposalRules"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ProposalRules"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/relations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What all segments in force share with each other. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Relations"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/replenishment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is bought again and again, how learning it stands, and how well it told what came. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReplenishmentShown"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Begins to learn what is bought again and again, in the background; what runs goes on. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ReplenishmentBody"];
                };
            };
            responses: {
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReplenishmentShown"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        /** Stops learning. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReplenishmentShown"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What customers said and reps wrote, newest first, with the topics found in it. */
        get: {
            parameters: {
                query?: {
                    /** @description `next` of the page before. */
                    after?: string;
                    /** @description How many rows; 50 when not said, at most 500. */
                    limit?: number;
                    /** @description Only those about this customer. */
                    customer?: string;
                    /** @description Only those of this writer. */
                    rep?: string;
                    /** @description Only those in which this topic comes up, all considered. */
                    topic?: string;
                    /** @description Only those in which it is called so. */
                    term?: string;
                    /** @description Only those in which this rule found something, whether it counts or not. */
                    rule?: string;
                    /** @description Only those in whose texts all of these words stand, blanks between them; their width and case do not matter. */
                    words?: string;
                    /** @description Only events of this name: `reported`. */
                    event?: string;
                    /** @description The first day, in. */
                    from?: string;
                    /** @description The last day, in. */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Reports"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Takes in a daily report about a customer the caller may see. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewReport"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReportTaken"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reads texts as they would be read once they are sent; nothing is kept. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TextsBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TextsRead"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/{customer}/{report}/verdict": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Says that a found place is right or wrong, or takes that back. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    customer: string;
                    report: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["VerdictBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["VerdictKept"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All segments, retired ones too. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Segments"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Makes a segment. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SegmentBody"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SegmentDetail"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All segments that are in use as a file, which can be taken in again as it is. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/yaml": string;
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Takes in a file of segments, YAML or JSON. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description YAML or JSON */
            requestBody: {
                content: {
                    "text/plain": string;
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FileTaken"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments/files/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says who would come and go if a file of segments were taken in, and changes nothing. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description YAML or JSON */
            requestBody: {
                content: {
                    "text/plain": string;
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FileCompared"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments/merges/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Undoes a merge: everything says again what it said before. Refused when one of them was changed since. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Merged"];
                };
            };
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One segment. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SegmentDetail"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        /** Changes a segment. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SegmentBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SegmentDetail"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        /** Takes a segment out of use. Nothing is lost: it can be restored. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SegmentDetail"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments/{id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The changes of a segment, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description The `next` of the page before. */
                    after?: number;
                    /** @description How many rows at most, 1 to 500. */
                    limit?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Changes"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments/{id}/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is in now by one version and not by another. What both refer to is taken as it is in force. */
        get: {
            parameters: {
                query: {
                    /** @description The one before. */
                    a: number;
                    /** @description The one after. */
                    b: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Comparison"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments/{id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The members of a segment, in the order in which they became known. */
        get: {
            parameters: {
                query?: {
                    /** @description `next` of the page before. */
                    after?: string;
                    /** @description How many rows; 100 when not said, at most 500. */
                    limit?: number;
                    /** @description Only those whose name, reading or key has this in it. */
                    q?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Members"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments/{id}/members.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The members of a segment as a file for spreadsheets. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments/{id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Merges a segment into another: what refers to it refers to the other from now on, and it goes out of use. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MergeInto"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Merged"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments/{id}/merge/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says what merging a segment into another would change, and changes nothing. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MergeInto"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["MergeCompared"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments/{id}/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the members of a segment are more often than everybody else the caller may see. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SegmentProfile"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a retired segment into use again. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SegmentDetail"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments/{id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says that a segment was looked at today and is good as it is. That becomes a version of its own. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Reviewed"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SegmentDetail"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments/{id}/sizes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How large a segment was on the days up to today, by the definition in force. */
        get: {
            parameters: {
                query?: {
                    /** @description So many days up to today; 90 when not said, at most 400. */
                    days?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SegmentSizes"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All versions of a segment, newest first. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Versions"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments/{id}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One version of a segment. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    version: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["VersionDetail"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments/{id}/versions/{version}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes an old version the newest one: what it said is in force again. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    version: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SegmentDetail"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segments/{id}/why/{customer}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why a customer is in a segment or not. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    customer: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Why"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in. In a demo on this machine the first call signs in by itself. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Session"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Signs in by e-mail address and password. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SignIn"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignedInUser"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        /** Signs out. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Uses an invitation, or a link to choose a new password. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Join"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignedInUser"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes the first owner by the one-time link that the server printed. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SetUp"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignedInUser"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-feed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What came and went among the signs of the customers the caller may see, newest first. */
        get: {
            parameters: {
                query?: {
                    /** @description Only signs of this kind: `purchase`, `upsell`, `churn`, `replenishment`, `follow_up`. */
                    kind?: string;
                    /** @description Only this sign. */
                    sign?: string;
                    /** @description Only urgent ones. */
                    urgent?: boolean;
                    /** @description The `next` of the page before. */
                    after?: number;
                    /** @description How many rows at most, 1 to 500. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Feed"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All signs, drafts and those switched off too, with how many carry each. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Signs"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Makes a sign. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SignBody"];
                };
            };
            responses: {
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignShown"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signs/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes in a file of signs, YAML or JSON: all of it, or nothing. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            /** @description YAML or JSON */
            requestBody: {
                content: {
                    "text/plain": string;
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignsTaken"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One sign with its definition. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignShown"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        /** Changes a sign: the version before stays. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SignBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignShown"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        /** Switches a sign off. Nothing is lost: it can be brought back. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignShown"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signs/{id}/backtest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a sign did on the past, and whether it is being tried now. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignBacktest"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        /** Begins to try a sign on the past of all customers, in the background; one that runs goes on. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ProofBody"];
                };
            };
            responses: {
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignBacktest"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        /** Stops trying a sign; the result of the time before stays. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignBacktest"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signs/{id}/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who carries a sign, strongest first. */
        get: {
            parameters: {
                query?: {
                    /** @description `next` of the page before. */
                    after?: string;
                    /** @description How many rows; 100 when not said, at most 500. */
                    limit?: number;
                    /** @description Only those whose name, reading or key has this in it. */
                    q?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Carriers"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signs/{id}/judgements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says whether a sign was right about a customer. The last click on it counts, and can be taken back for an hour. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["JudgementBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JudgementTaken"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signs/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Brings a sign back that was switched off. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignShown"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signs/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The versions of a sign, newest first; none for a recipe that nobody has changed. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignVersions"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** News as they happen: `hello`, then `changed` and `import`. Ends when the session ends or the server stops. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": components["schemas"]["ChangedMessage"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tags there are. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TagList"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tags/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Makes a tag, or changes where it works and what it may tell. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TagBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TagMade"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        /** Takes a tag away: what its pages send is refused from now on. What it told stays. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Segments to begin with, each with what it needs and what of that is missing here. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Templates"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/today": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Today's call list. */
        get: {
            parameters: {
                query?: {
                    /** @description Only the customers of this rep; a rep always sees own ones only. */
                    rep?: string;
                    /** @description How many rows; 50 when not said, at most 200. */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Today"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/today/{customer}/outcome": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reports how an approach went. The customer leaves today's list for a while. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    customer: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OutcomeBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OutcomeTaken"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/vocabulary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The names in use. Samples are values of customers, so only who sees all customers gets them. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Vocabulary"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/watch-folder": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The folder that is watched, and what lies in it. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WatchFolder"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        /** Watches another folder, or none. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WatchBody"];
                };
            };
            responses: {
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WatchFolder"];
                    };
                };
                /** @description What went wrong: see `code` and `message`. */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ErrorBody"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description What an offer costs, in yen. */
        AmountShown: {
            /** @description As a decimal. */
            from: string | null;
            /** @description As a decimal. */
            to: string | null;
        };
        /** @description What came of a proposal. */
        AnswerBody: {
            /** @description The answer's own name, made by the client. */
            id: string;
            reason?: string | null;
            result: components["schemas"]["ProposalResultName"];
        };
        /** @description An answer that is on disk. */
        AnswerTaken: {
            /**
             * Format: int32
             * @description By this number it can be undone.
             */
            batch: number;
            undo_until: components["schemas"]["Instant"];
        };
        /** @description What is to be done with new records. */
        AtOnceBody: {
            mode: components["schemas"]["AtOnceMode"];
        };
        /** @description New records are compared with all others as they come. */
        AtOnceFar: {
            /**
             * Format: int64
             * @description The memory that takes, in bytes.
             */
            bytes: number;
            /**
             * Format: int64
             * @description How many were compared since the server started.
             */
            compared: number;
            /**
             * Format: int64
             * @description How many pairs were found of them.
             */
            found: number;
            /**
             * Format: int64
             * @description From how many customers it was learned what tells them apart.
             */
            learned_from: number;
            mode: components["schemas"]["AtOnceMode"];
            /** @description Whether everybody must be compared once before: the firm has many customers. */
            needs_everybody: boolean;
            /**
             * Format: int64
             * @description How many wait to be compared.
             */
            waiting: number;
        };
        /**
         * @description What is done with new records: nothing; every pair is left to people; or pairs that are sure are made one.
         * @enum {string}
         */
        AtOnceMode: "off" | "ask" | "unite";
        /** @description An attribute's value. */
        AttributeRow: {
            key: string;
            label: string;
            /** @description Since when it is this value without a break. */
            since: components["schemas"]["Instant"];
            value: string;
        };
        /** @description An attribute of customers. */
        AttributeWord: {
            /**
             * Format: int64
             * @description How many customers have it.
             */
            filled: number;
            key: string;
            kind: components["schemas"]["ValueKind"];
            label: string;
            samples: string[];
        };
        /** @description Attributes to take in. */
        Attributes: {
            customers: components["schemas"]["NewAttributes"][];
            /** @description Who says so. */
            source: string;
        };
        /** @description One side of a table. Edges and values that are left out are proposed from what is there. */
        AxisBody: {
            /** @enum {string} */
            by: "recency";
            edges?: number[];
            event: string;
        } | {
            /** @enum {string} */
            by: "frequency";
            /** Format: int32 */
            days: number;
            edges?: number[];
            event: string;
        } | {
            /** @enum {string} */
            by: "amount";
            /** Format: int32 */
            days: number;
            edges?: string[];
            event: string;
            of: string;
        } | {
            /** @enum {string} */
            by: "attribute";
            key: string;
            values?: Record<string, unknown>[];
        } | {
            /** @enum {string} */
            by: "segments";
            ids: string[];
        };
        /** @description How large a condition was at the end of each day, and who came and went. */
        Backtest: {
            as_of: components["schemas"]["Instant"];
            /**
             * Format: int64
             * @description How many were in just before the first day.
             */
            before: number;
            days: components["schemas"]["BacktestDay"][];
            /** Format: int64 */
            entered_total: number;
            /** Format: int64 */
            left_total: number;
            sentence: string;
        };
        /** @description One local day. */
        BacktestDay: {
            day: components["schemas"]["Day"];
            /**
             * Format: int64
             * @description How many stays began.
             */
            entered: number;
            /**
             * Format: int64
             * @description How many stays ended.
             */
            left: number;
            /**
             * Format: int64
             * @description At the end of the day; now, for today.
             */
            members: number;
        };
        /** @description Customers and when they were in. */
        BacktestStays: {
            as_of: components["schemas"]["Instant"];
            /** @description `after` of the next page; null on the last one. */
            next: string | null;
            rows: components["schemas"]["StaysRow"][];
            /**
             * Format: int64
             * @description How many were in at any time.
             */
            total: number;
        };
        /** @description A backup that was read to its end. */
        BackupChecked: {
            at: components["schemas"]["Instant"];
            /**
             * Format: int64
             * @description Of what is in it.
             */
            bytes: number;
            /** Format: int64 */
            files: number;
        };
        /** @description One backup. */
        BackupRow: {
            /** @description What it holds is what was known then. */
            at: components["schemas"]["Instant"];
            /** Format: int64 */
            bytes: number;
            name: string;
        };
        /** @description The backups that are kept in the folder, and whether one is on its way. */
        Backups: components["schemas"]["WorkTold"] & {
            /** @description Newest first. Each was read back and found whole before it got its name. */
            backups: components["schemas"]["BackupRow"][];
            /** @description Where they lie on the server. */
            folder: string;
        };
        /** @description One band of an axis. */
        BandRow: {
            condition: Record<string, unknown>;
            /** Format: int64 */
            count: number;
            label: string;
        };
        /** @description How often the outcome followed where the sign was so strong. */
        BandShown: {
            /** Format: int32 */
            from: number;
            is_enough: boolean;
            rate: components["schemas"]["RateShown"] | null;
            /** Format: int32 */
            to: number;
        };
        /** @description A cell of the file beside what it becomes. */
        BecomingCell: {
            /** @description What is taken in; null when it says nothing, is not taken in, or cannot be read. */
            value: string | null;
            /** @description What stands in the file, shortened. */
            written: string;
            /** @description Why it cannot be read. */
            wrong: string | null;
        };
        /** @description A row of the file beside what it becomes. */
        BecomingRow: {
            /** @description One for each column. */
            cells: components["schemas"]["BecomingCell"][];
            /**
             * Format: int64
             * @description Its number in the file, from 1.
             */
            row: number;
        };
        /** @description An encoding the file could have. */
        Candidate: {
            /** @description Whether characters were lost: then it is not this one. */
            broken: boolean;
            encoding: string;
            /** @description Up to three lines of the file read in it. */
            lines: string[];
        };
        /** @description What is known of the last run. */
        CardBody: {
            as_of: components["schemas"]["Instant"];
            /** Format: int64 */
            customers: number;
            /**
             * Format: int64
             * @description Of how many of them lessons were taken.
             */
            drawn: number;
            importance: components["schemas"]["ImportanceRow"][];
            learners: components["schemas"]["LearnerRow"][];
            learnt_at: components["schemas"]["Instant"];
            lessons: components["schemas"]["Instant"][];
            /** @description The card as sentences. */
            lines: string[];
            /** Format: int64 */
            members: number | null;
            /** Format: int64 */
            positives: number;
            /** Format: int64 */
            rows: number;
            rule: components["schemas"]["RuleRow"] | null;
            /** Format: int64 */
            scored: number;
            tenths: components["schemas"]["TenthRow"][];
            took_ms: number[];
            value: components["schemas"]["ValueBody"] | null;
            /** @description What was noticed: leaks, drifts. */
            warnings: string[];
            /** @description Which one won, and why. */
            why: string;
            /** Format: int64 */
            written: number;
        };
        /** @description One customer who carries a sign. */
        CarrierRow: {
            key: string;
            kind: components["schemas"]["CustomerKind"];
            name: string;
            reason: string;
            rep: string | null;
            since: components["schemas"]["Instant"];
            /** Format: int32 */
            strength: number;
        };
        /** @description Who carries a sign. */
        Carriers: {
            as_of: components["schemas"]["Instant"];
            count: number;
            next: string | null;
            rows: components["schemas"]["CarrierRow"][];
        };
        /**
         * @description What brought a change about.
         * @enum {string}
         */
        CauseName: "fact" | "time" | "edit" | "past";
        /** @description One cell. */
        Cell: {
            /**
             * Format: int64
             * @description How many were in it at the instant before.
             */
            before: number | null;
            /** Format: int64 */
            count: number;
            /**
             * Format: int64
             * @description Who is in now and was not.
             */
            entered: number | null;
            /**
             * Format: int64
             * @description Who was in and is not now.
             */
            left: number | null;
            /** @description What is shown beside the count, as a decimal. */
            value: string | null;
        };
        /** @description Whom of a table to list. */
        CellBody: {
            after?: string | null;
            /** @description The column, from 0; all columns when left out. */
            column?: number | null;
            limit?: number | null;
            moved?: components["schemas"]["MovedBody"] | null;
            /** @description The row, from 0; all rows when left out. */
            row?: number | null;
            table: components["schemas"]["TableBody"];
        };
        /** @description Those in a cell. */
        CellCustomers: {
            as_of: components["schemas"]["Instant"];
            /** Format: int64 */
            count: number;
            /** @description `after` of the next page; null on the last one. */
            next: string | null;
            rows: components["schemas"]["CustomerName"][];
        };
        /** @description One change. */
        ChangeRow: {
            /** @description When it became true. */
            at: components["schemas"]["Instant"];
            cause: components["schemas"]["CauseName"];
            customer: components["schemas"]["CustomerName"];
            /** @description True: entered; false: left. */
            entered: boolean;
            /** @description When it was noticed. */
            noticed_at: components["schemas"]["Instant"];
            /** @description The id of the segment. */
            segment: string;
            /**
             * Format: int64
             * @description Its place among all changes of the workspace, from 1.
             */
            seq: number;
            /**
             * Format: int32
             * @description The version of the segment's definition.
             */
            version: number;
        };
        /** @description `changed`: what may look different now. */
        ChangedMessage: {
            as_of: components["schemas"]["Instant"];
            /** @description Customers whose memberships or facts changed, by key. */
            customers: string[];
            /** @description Segments that changed, each with its number of members now. */
            segments: {
                [key: string]: number;
            };
            /** @description Whether today's list may differ. */
            today: boolean;
        };
        /** @description A page of changes, newest first. */
        Changes: {
            as_of: components["schemas"]["Instant"];
            /** @description What to pass as `after` for older ones; null when there are none. A page may be empty and still have one. */
            next: string | null;
            rows: components["schemas"]["ChangeRow"][];
        };
        /** @description Changes in the order in which they were told. */
        ChangesOnwards: {
            as_of: components["schemas"]["Instant"];
            /**
             * Format: int64
             * @description What to pass as `after` for the next ones. It moves on also past rows that the caller may not see.
             */
            last: number;
            /** @description Whether there are more already. */
            more: boolean;
            /** @description Oldest first. A row that was given once keeps its `seq` for ever. */
            rows: components["schemas"]["ChangeRow"][];
        };
        /**
         * @description How words reach a customer.
         * @enum {string}
         */
        ChannelName: "mail" | "call" | "line";
        /** @description How well what was learnt up to a day told what came after it. */
        CheckShown: {
            /**
             * Format: double
             * @description How often, of two habits, the one that was bought again had the higher probability.
             */
            auc: number;
            /**
             * Format: double
             * @description The same by how often it was bought alone.
             */
            auc_of_rate: number;
            came: number;
            day: components["schemas"]["Day"];
            n: number;
        };
        /** @description Some customers: those of `keys`, or those that fit `filter` but for `except`. One of the two is given. */
        Chosen: {
            /** @description Left out of those that fit the filter. */
            except?: string[];
            /**
             * Format: int64
             * @description How many they are, as it was shown to whoever decided; when they are another number now, nothing is done.
             */
            expected?: number | null;
            filter?: components["schemas"]["Filter"] | null;
            /** @description Each must be one that the caller may see; 20,000 at most. */
            keys?: string[] | null;
        };
        /** @description One of the segments. */
        ChosenSegment: components["schemas"]["SegmentName"] & {
            /** Format: int64 */
            count: number;
        };
        /** @description What time it is in the workspace. */
        ClockNow: {
            now: components["schemas"]["Instant"];
        };
        /** @description What a page sends. */
        Collected: {
            events?: components["schemas"]["CollectedEvent"][];
            identify?: components["schemas"]["Identify"] | null;
            /** @description 32 hexadecimal digits. */
            visitor: string;
        };
        /** @description What became of a batch. */
        CollectedAnswer: {
            /** Format: int64 */
            accepted: number;
            /** Format: int64 */
            rejected: number;
            /** @description The visitor is another customer already: the page takes a new id. */
            renew: boolean;
        };
        /** @description A page view, or an event of the site's own. */
        CollectedEvent: {
            /**
             * Format: int64
             * @description So many milliseconds ago.
             */
            ago?: number;
            id: string;
            name: string;
            properties?: Record<string, unknown>;
            referrer?: string;
            title?: string;
            url?: string;
        };
        /** @description A column. */
        Column: {
            /** @description One of `fields`, `attribute:NAME`, or null: not imported. */
            field: string | null;
            header: string;
            index: number;
            samples: string[];
            /** @description Whether there is little doubt. */
            sure: boolean;
        };
        /** @description Those who are in the same of them. */
        CombinationRow: {
            /** Format: int64 */
            count: number;
            /** @description The segments they are in; they are in no other of those that were asked about. */
            segments: string[];
        };
        /** @description How many are in which of some segments. */
        Combinations: {
            as_of: components["schemas"]["Instant"];
            /** @description The largest first; whoever is in one of the segments at least is in exactly one of these. */
            combinations: components["schemas"]["CombinationRow"][];
            /**
             * Format: int64
             * @description How many customers are in one of them at least.
             */
            either: number;
            segments: components["schemas"]["ChosenSegment"][];
        };
        /** @description Who comes and goes by time alone. */
        Coming: {
            /**
             * Format: int64
             * @description So many days from now.
             */
            days: number;
            /** Format: int64 */
            enters: number;
            /** Format: int64 */
            leaves: number;
        };
        /** @description Who is in now by one version and not by another. */
        Comparison: components["schemas"]["Difference"] & {
            a: components["schemas"]["VersionCount"];
            as_of: components["schemas"]["Instant"];
            b: components["schemas"]["VersionCount"];
        };
        /** @description A person at a company. */
        ContactRow: {
            email: string | null;
            key: string;
            name: string | null;
            phone: string | null;
            role: string | null;
            title: string | null;
        };
        /** @description What was counted. */
        Counts: {
            /** Format: int64 */
            changed: number;
            /** Format: int64 */
            new: number;
            /** Format: int64 */
            rejected: number;
            /** Format: int64 */
            rows: number;
            /** Format: int64 */
            unchanged: number;
        };
        /** @description How a criterion stands among customers. */
        CriterionAmong: {
            id: string;
            name: string;
            open: components["schemas"]["TendencyShown"];
            owners: components["schemas"]["TendencyShown"];
            /** Format: int32 */
            weight: number;
        };
        /** @description How a criterion stands for one customer. */
        CriterionFit: {
            /** @description What to change in the proposal; may be empty. */
            arrange: string;
            id: string;
            kind: components["schemas"]["CriterionKind"];
            name: string;
            /**
             * Format: int32
             * @description How many points of a hundred it is worth.
             */
            points: number;
            sentence: string;
            state: components["schemas"]["MetName"];
            /** Format: int32 */
            weight: number;
            /** @description Why, leaf by leaf. */
            why: components["schemas"]["ReasonNode"];
        };
        /**
         * @description What a criterion is.
         * @enum {string}
         */
        CriterionKind: "need" | "condition" | "pair";
        /** @description How often it was won where a criterion was met, not met, and not known. */
        CriterionReview: {
            id: string;
            met: components["schemas"]["WonShown"];
            name: string;
            told: components["schemas"]["ToldName"];
            unknown: components["schemas"]["WonShown"];
            unmet: components["schemas"]["WonShown"];
        };
        /** @description What makes an offer fit. */
        CriterionRow: {
            /** @description What to change in the proposal where it does not hold; may be empty. */
            arrange: string;
            id: string;
            kind: components["schemas"]["CriterionKind"];
            name: string;
            /**
             * Format: int32
             * @description How many points of a hundred it is worth.
             */
            points: number;
            sentence: string;
            /** Format: int32 */
            weight: number;
        };
        /** @description How a criterion stood. */
        CriterionThen: {
            id: string;
            /** @description Its name now, or its id where the offer has no such criterion any more. */
            name: string;
            state: components["schemas"]["MetName"];
        };
        /** @description A table of exact counts. */
        CrossTable: {
            as_of: components["schemas"]["Instant"];
            before: components["schemas"]["Instant"] | null;
            /** @description By row, then by column. */
            cells: components["schemas"]["Cell"][][];
            column_bands: components["schemas"]["BandRow"][];
            columns: components["schemas"]["AxisBody"] | null;
            row_bands: components["schemas"]["BandRow"][];
            /** @description The axes as they were drawn, with all edges and values. */
            rows: components["schemas"]["AxisBody"];
            /** Format: int64 */
            total: number;
        };
        /** @description Everything that holds for a customer now. */
        CustomerDetail: {
            as_of: components["schemas"]["Instant"];
            attributes: components["schemas"]["AttributeRow"][];
            contacts: components["schemas"]["ContactRow"][];
            deals: components["schemas"]["Deal"][];
            key: string;
            kind: components["schemas"]["CustomerKind"];
            memberships: components["schemas"]["Membership"][];
            name: string;
            /** @description The keys of all records that are this one customer, this one's first. */
            records: string[];
            rep: string | null;
            signs: components["schemas"]["SignDetail"][];
            /** @description What the customer is worth a year, in yen. */
            value: string;
        };
        /** @description What is due with a customer. */
        CustomerDue: {
            as_of: components["schemas"]["Instant"];
            /** @description Whether there was enough to learn from. */
            learnt: boolean;
            learnt_at: components["schemas"]["Instant"] | null;
            /** Format: int32 */
            least_days: number | null;
            /** @description The likeliest first. */
            rows: components["schemas"]["HabitShown"][];
            /** @description How well it told what came, in words. */
            sentence: string | null;
            /** Format: int32 */
            silent_days: number | null;
            /** Format: int32 */
            within_days: number | null;
        };
        /**
         * @description Which firm, site and person a customer is. Ids are made of the record that was known first, so they stay as others
         *     come.
         */
        CustomerIds: {
            as_of: components["schemas"]["Instant"];
            firm: components["schemas"]["FirmShown"] | null;
            /** @description `O17`: of a company the firm it belongs to; null for a person. */
            organisation: string | null;
            /** @description `P17`: of a customer who is a person. */
            person: string | null;
            /** @description `S17`: the site of that firm. */
            site: string | null;
        };
        /**
         * @description Company or person.
         * @enum {string}
         */
        CustomerKind: "company" | "person";
        /** @description A customer by name. */
        CustomerName: {
            key: string;
            kind: components["schemas"]["CustomerKind"];
            name: string;
        };
        /** @description The needs of a customer. */
        CustomerNeeds: {
            as_of: components["schemas"]["Instant"];
            needs: components["schemas"]["NeedHeld"][];
        };
        /** @description What to offer a customer next. */
        CustomerNext: {
            as_of: components["schemas"]["Instant"];
            learnt_at: components["schemas"]["Instant"] | null;
            /** @description The likeliest first; nothing that the customer has. */
            rows: components["schemas"]["NextRow"][];
            /** @description How good such suggestions were, in a sentence. */
            trial: string | null;
            verdict: components["schemas"]["TrialVerdict"] | null;
        };
        /** @description All offers of a customer. */
        CustomerOffers: {
            as_of: components["schemas"]["Instant"];
            needs: components["schemas"]["NeedHeld"][];
            /** @description Those that can be proposed, the best fit first. */
            offers: components["schemas"]["OfferFit"][];
            /** @description Those that the customer has already. */
            owned: components["schemas"]["OfferName"][];
        };
        /** @description What is to come of a customer. */
        CustomerOutlook: {
            as_of: components["schemas"]["Instant"];
            next: components["schemas"]["NextPurchase"] | null;
            scores: components["schemas"]["ScoreRow"][];
            values: components["schemas"]["ValueRow"][];
        };
        /** @description One customer in a list. */
        CustomerRow: {
            industry: string | null;
            key: string;
            kind: components["schemas"]["CustomerKind"];
            last_event_at: components["schemas"]["Instant"] | null;
            name: string;
            rep: string | null;
            signs: components["schemas"]["SignHeld"][];
        };
        /** @description Customers. */
        Customers: {
            as_of: components["schemas"]["Instant"];
            next: string | null;
            rows: components["schemas"]["CustomerRow"][];
            /**
             * Format: int64
             * @description How many there are on all pages.
             */
            total: number;
        };
        /**
         * Format: date
         * @description A local day of the workspace: `2026-11-21`.
         * @example 2026-11-21
         */
        Day: string;
        /** @description A deal (案件) as it stands. */
        Deal: {
            amount: string | null;
            changed_at: components["schemas"]["Instant"];
            key: string;
            name: string;
            stage: string;
        };
        /** @description A decision. */
        DecisionBody: {
            decision?: components["schemas"]["WhatName"] | null;
        };
        /** @description A decision that is kept. */
        DecisionKept: {
            decision: components["schemas"]["WhatName"] | null;
            /** @description The keys of all who are one customer with the first now, the first one first. */
            one: string[];
        };
        /** @description Events in a delivery, as in `POST /events` but without a source: that is the hook. */
        Delivery: {
            events: components["schemas"]["NewEvent"][];
        };
        /** @description The dictionary in force, with what became of its rules. */
        DictionaryShown: {
            /** @description The dictionary as it is written. */
            draft: Record<string, unknown>;
            reading: components["schemas"]["ReadingFar"] | null;
            /**
             * Format: int64
             * @description How many texts there are.
             */
            texts: number;
            topics: components["schemas"]["TopicShown"][];
            /**
             * Format: int32
             * @description Counted from 1; 0 is the one that comes with the program.
             */
            version: number;
        };
        /** @description A dictionary as it stood. */
        DictionaryThen: {
            draft: Record<string, unknown>;
            /** Format: int32 */
            version: number;
        };
        /** @description One version. */
        DictionaryVersion: {
            at: components["schemas"]["Instant"];
            /** @description Who wrote it, such as `person:1`. */
            by: string;
            /** Format: int32 */
            version: number;
        };
        /** @description The versions of the firm's own dictionary, newest first. */
        DictionaryVersions: {
            versions: components["schemas"]["DictionaryVersion"][];
        };
        /** @description Who is in by one definition and not by another. */
        Difference: {
            enters: components["schemas"]["Moved"];
            leaves: components["schemas"]["Moved"];
        };
        /**
         * @description Which way a sign goes: rising and falling are ten points and more.
         * @enum {string}
         */
        DirectionName: "rising" | "steady" | "falling";
        /** @description How a sign did in the last quarter of the dates against the time before. */
        DriftShown: {
            alarm_at: components["schemas"]["Instant"] | null;
            before: components["schemas"]["RateShown"];
            lately: components["schemas"]["RateShown"];
            /** @description The first date that counts as lately. */
            since: components["schemas"]["Instant"];
        };
        /** @description A name, and how many rows it has. */
        DueCount: {
            /** Format: int64 */
            count: number;
            name: string;
        };
        /** @description What is due, of all customers whom the caller may see. */
        DueList: {
            /** Format: int64 */
            all: number;
            as_of: components["schemas"]["Instant"];
            /**
             * Format: int64
             * @description How many there are in the list.
             */
            count: number;
            /** @description Whether there was enough to learn from. */
            learnt: boolean;
            learnt_at: components["schemas"]["Instant"] | null;
            next: string | null;
            /** Format: int64 */
            overdue: number;
            /** @description Products in the list, whichever is chosen: those with most rows, a hundred at most. */
            products: components["schemas"]["DueCount"][];
            /** @description Reps in the list, whoever is chosen. */
            reps: components["schemas"]["DueCount"][];
            /** @description The likeliest first. */
            rows: components["schemas"]["DueRow"][];
            /**
             * Format: int64
             * @description How many rows there are when all else that is asked stays as it is.
             */
            week: number;
            /** Format: int32 */
            within_days: number | null;
        };
        /** @description A habit of a customer's. */
        DueRow: components["schemas"]["HabitShown"] & {
            customer: components["schemas"]["CustomerName"];
            rep: string | null;
        };
        /**
         * @description When the next purchase is due.
         * @enum {string}
         */
        DueWhen: "week" | "overdue" | "all";
        /** @description A version of a definition. */
        Edit: {
            at: components["schemas"]["Instant"];
            by: string | null;
            /** Format: int32 */
            version: number;
        };
        /** @description Whom to change, and what. */
        EditBody: {
            /** @description `rep`, `industry`, `tag:NAME`, `list:NAME` or any other. */
            attribute: string;
            /** @description The edit's own name, made by the client: sending it twice does it once. Letters, digits and `-`. */
            id: string;
            /** @description The new value: a text, a number, true or false; null takes the value away. Of a tag or list, true or null. */
            value: components["schemas"]["Value"];
            who: components["schemas"]["Chosen"];
        };
        /**
         * @description Where an edit stands.
         * @enum {string}
         */
        EditState: "running" | "done" | "undoing" | "undone" | "stopped" | "failed";
        /** @description One edit. */
        EditTold: {
            at: components["schemas"]["Instant"];
            by: string;
            /**
             * Format: int64
             * @description How many were changed; the others were so before. Null until it is done.
             */
            changed: number | null;
            /**
             * Format: int64
             * @description How many customers it is about.
             */
            customers: number;
            /** @description Why it failed. */
            error: string | null;
            id: string;
            progress: components["schemas"]["WorkProgress"] | null;
            /** @description What is done, in words. */
            said: string;
            state: components["schemas"]["EditState"];
            undo_until: components["schemas"]["Instant"] | null;
        };
        /** @description Edits, newest first. */
        Edits: {
            edits: components["schemas"]["EditTold"][];
        };
        /** @description What was erased. */
        Erasure: {
            /**
             * Format: int64
             * @description How many facts were on disk; 0 when the customer had been erased before.
             */
            facts: number;
            /** @description How many uploaded files still wait to be imported. They are kept as they came; cancel those that should go. */
            waiting_files: number;
        };
        /** @description What went wrong. */
        ErrorBody: {
            /** @description Stable, for programs. */
            code: string;
            /** @description Each fault of a condition. */
            faults?: components["schemas"]["Fault"][];
            /** @description One sentence for people: what is wrong, and what to do. */
            message: string;
            /** @description The id of this request in the server's log. */
            request_id: string;
        };
        /** @description How far the first judging is. */
        Evaluated: {
            /**
             * Format: int64
             * @description Customers judged.
             */
            done: number;
            /**
             * Format: int64
             * @description Customers there are.
             */
            total: number;
        };
        /** @description A name of events. */
        EventWord: {
            /**
             * Format: int64
             * @description How many events have it.
             */
            count: number;
            label: string;
            name: string;
            properties: components["schemas"]["PropertyWord"][];
        };
        /** @description Events to take in. */
        Events: {
            events: components["schemas"]["NewEvent"][];
            /** @description Who says so; ids are unique within a source. */
            source: string;
        };
        /** @description A record that counts. */
        EvidenceRow: {
            at: components["schemas"]["Instant"];
            text: string;
        };
        /**
         * @description What a segment of a pack is one of.
         * @enum {string}
         */
        FamilyName: "golden" | "rfm" | "lifecycle" | "temperature" | "trade";
        /** @description One fault of a condition or a file. */
        Fault: {
            /** @description What is wrong, as a sentence. */
            message: string;
            /** @description Where, as a JSON pointer into the draft. */
            path: string;
        };
        /** @description A page of the feed, newest first. */
        Feed: {
            as_of: components["schemas"]["Instant"];
            /** @description What to pass as `after` for older ones; null when there are none. A page may be empty and still have one. */
            next: string | null;
            rows: components["schemas"]["FeedRow"][];
        };
        /** @description A sign that came or went. */
        FeedRow: {
            /** @description True: it came; false: it went. */
            appeared: boolean;
            /** @description When it came or went. */
            at: components["schemas"]["Instant"];
            cause: components["schemas"]["CauseName"];
            customer: components["schemas"]["CustomerName"];
            /** @description For one that came: whether the last click on it says right; null without a click. */
            judged_right: boolean | null;
            /** @description When that was noticed. */
            noticed_at: components["schemas"]["Instant"];
            rep: string | null;
            /**
             * Format: int64
             * @description Its place among all changes of the workspace, from 1.
             */
            seq: number;
            sign: components["schemas"]["FeedSign"];
            /**
             * Format: int32
             * @description How strong it is now; null when it is not carried now.
             */
            strength_now: number | null;
        };
        /** @description The sign of a row. */
        FeedSign: {
            id: string;
            kind: components["schemas"]["SignKind"];
            name: string;
            /** @description Whether it goes before all signs that are not urgent. */
            urgent: boolean;
        };
        /** @description What a column can mean. */
        FieldChoice: {
            id: string;
            label: string;
            required: boolean;
        };
        /** @description A figure with its 95 % interval. */
        FigureBody: {
            /** Format: double */
            high: number;
            /** Format: double */
            low: number;
            /** Format: double */
            value: number;
        };
        /** @description What taking a file in would change. */
        FileCompared: {
            as_of: components["schemas"]["Instant"];
            rows: components["schemas"]["FileRow"][];
            /** @description How many are there and are the same. */
            unchanged: number;
        };
        /** @description One segment whose members may differ. */
        FileRow: components["schemas"]["Difference"] & {
            /**
             * Format: int64
             * @description How many would be in.
             */
            after: number;
            /**
             * Format: int64
             * @description How many are in now; null when it is not in use.
             */
            before: number | null;
            id: string;
            kind: components["schemas"]["FileRowKind"];
            name: string;
        };
        /**
         * @description Why a segment's members may differ.
         * @enum {string}
         */
        FileRowKind: "added" | "changed" | "follows";
        /**
         * @description What becomes of a file in the folder.
         * @enum {string}
         */
        FileState: "arriving" | "importing" | "waiting";
        /** @description What became of a file of segments. */
        FileTaken: {
            /** @description How many were new. */
            added: number;
            /** @description How many were there and are different now. */
            changed: number;
            /** @description Always empty: a file with faults is answered 422 and changes nothing. */
            faults: components["schemas"]["Fault"][];
            /** @description How many were there and are the same. */
            unchanged: number;
        };
        /** @description A form with one or more files. */
        Files: {
            file: string[];
        };
        /** @description An attribute. */
        Filled: {
            /** Format: int64 */
            filled: number;
            key: string;
            label: string;
            /**
             * Format: int64
             * @description Of a hundred customers, so many have it.
             */
            percent: number;
        };
        /** @description What narrows the customers. What is left out does not. */
        Filter: {
            kind?: components["schemas"]["CustomerKind"] | null;
            /** @description Only those whose name, reading or key has this in it. */
            q?: string | null;
            /** @description Only the customers of this rep. */
            rep?: string | null;
            /** @description Only the members of this segment. */
            segment?: string | null;
        };
        /** @description How to look for pairs. */
        FindBody: {
            /** @description Whether pairs that are sure enough are put together at once; each can be taken back. */
            auto?: boolean;
        };
        /** @description A firm with its sites and people. */
        FirmShown: {
            /** @description 法人番号, where a record has one that checks. */
            corporate_number: string | null;
            /** @description Whether more records may belong to it than were looked at. */
            more: boolean;
            /** @description The usual name: the form in full, no branch. */
            name: string;
            people: components["schemas"]["PersonShown"][];
            /** @description How many records there are. */
            records: number;
            sites: components["schemas"]["SiteShown"][];
        };
        /** @description How many went from one to another. */
        FlowCell: {
            /** @description The segment before; null: in none of them, or not known yet. */
            a: string | null;
            /** @description The segment after; null: in none of them. */
            b: string | null;
            /** Format: int64 */
            count: number;
        };
        /** @description Those who went from one to another. */
        FlowCustomers: {
            as_of: components["schemas"]["Instant"];
            /** Format: int64 */
            count: number;
            /** @description `after` of the next page; null on the last one. */
            next: string | null;
            rows: components["schemas"]["CustomerName"][];
        };
        /** @description Who went from which segment to which. */
        FlowTable: {
            as_of: components["schemas"]["Instant"];
            /** @description Largest first; everybody known at `to` is in exactly one. */
            cells: components["schemas"]["FlowCell"][];
            from: components["schemas"]["Instant"];
            segments: components["schemas"]["SegmentName"][];
            to: components["schemas"]["Instant"];
        };
        /** @description What signs of a kind are to foretell. */
        ForetoldBody: {
            among?: Record<string, unknown> | null;
            /** @description A plain event comes about each time it happens, any other condition when it turns true. */
            outcome: Record<string, unknown>;
        };
        /** @description What signs foretell, kind by kind. */
        ForetoldList: {
            kinds: components["schemas"]["ForetoldRow"][];
        };
        /** @description What signs of a kind foretell. */
        ForetoldRow: {
            /** @description For whom it can come; null for everyone. */
            among: Record<string, unknown> | null;
            /** @description Whether nobody has changed it. */
            is_built_in: boolean;
            kind: components["schemas"]["SignKind"];
            outcome: Record<string, unknown>;
            said: components["schemas"]["ForetoldSaid"];
        };
        /** @description What is foretold, as sentences. */
        ForetoldSaid: {
            among: string | null;
            outcome: string;
        };
        /** @description How a file is packed. */
        Format: {
            /**
             * Format: int32
             * @description The year of dates written without one.
             */
            base_year: number | null;
            /** @description `csv`, `xlsx`, `parquet`, `access_log`, `mail`, or `other_workbook` (.xls, .xlsb, .ods). */
            container: string;
            delimiter: string | null;
            encoding: string | null;
            /** @description The encodings the file could have, the likeliest first. */
            encodings: components["schemas"]["Candidate"][];
            /**
             * Format: int32
             * @description The row of the headers, from 1; 0 when there are none.
             */
            header_row: number;
            /**
             * Format: int64
             * @description How many rows of the sheet are hidden.
             */
            hidden_rows: number;
            sheet: string | null;
            sheets: string[];
            /** @description Whether hidden rows are taken too. */
            take_hidden: boolean;
        };
        /** @description How many come to one place of a condition, and how many are left behind it. */
        FunnelStep: {
            /**
             * Format: int64
             * @description Who is left when this place has been asked too; where any is enough, who fits this row or one above it.
             */
            after: number;
            /**
             * Format: int64
             * @description Who fits all that stands before this place.
             */
            before: number;
            /** @description A JSON pointer into the draft; of what stands under a `not`, to what is turned around. */
            path: string;
        };
        /**
         * @description The four golden segments.
         * @enum {string}
         */
        GoldenName: "loyal" | "high_potential" | "at_risk" | "lookalike";
        /** @description What to learn of. */
        GoodsBody: {
            /** @description The event of a purchase; as it was said last when not said, at first `purchased`. */
            event?: string | null;
            /**
             * Format: int32
             * @description Over how many days it is tried, 7 to 730; 90 when not said.
             */
            horizon_days?: number | null;
            /** @description The property that names what was bought; as it was said last when not said, at first `product`. */
            property?: string | null;
        };
        /**
         * @description What a template is for.
         * @enum {string}
         */
        Group: "profile" | "status" | "persona" | "new" | "purchase" | "upsell" | "grow" | "content" | "replenishment" | "churn" | "dormant" | "follow_up" | "industry" | "experiment" | "review";
        /** @description What a customer buys again and again, and when the next time is due. */
        HabitShown: {
            /**
             * Format: double
             * @description The probability, 0 to 1, that it is bought again within the days that were asked about.
             */
            again: number;
            /** @description By the customer's own mean gap. */
            due: components["schemas"]["Day"];
            last: components["schemas"]["Day"];
            /**
             * Format: int32
             * @description So many days ago it was due; below 0 it is yet to come.
             */
            overdue_days: number;
            product: string;
            /**
             * Format: int32
             * @description On how many days it was bought.
             */
            times: number;
        };
        /** @description Whether the server is well. */
        Health: {
            as_of: components["schemas"]["Instant"];
            /** Format: int64 */
            customers: number;
            evaluated: components["schemas"]["Evaluated"] | null;
            /** Format: int64 */
            events: number;
            segments: number;
            status: components["schemas"]["Status"];
            version: string;
        };
        /** @description `hello`: the first message. */
        Hello: {
            as_of: components["schemas"]["Instant"];
            version: string;
        };
        /** @description An unknown fact. */
        HelpfulShown: {
            /** @description The criteria that need it. */
            criteria: string[];
            /** @description Which fact, in words. */
            fact: string;
            /**
             * Format: int32
             * @description Up to so many points are open because of it.
             */
            points: number;
        };
        /** @description A day, a sum or a number of things. */
        HintShown: {
            /** @description As it was written. */
            quote: string;
            /** @description What it says. */
            says: string;
        };
        /** @description A topic that was found. */
        HitShown: {
            begin: number;
            /** @description Whether the topic came up, all considered. */
            counts: boolean;
            end: number;
            /** @description In which field, and where in it, in letters. */
            field: string;
            grade: string;
            /** @description What the topic is called. */
            name: string;
            polarity: string;
            /** @description The rule that found it: `churn/not-renewing`. */
            rule: string;
            subject: string;
            term: string;
            topic: string;
            /** @description Whether people said that it is right or wrong; null when nobody did. */
            verdict: boolean | null;
        };
        /** @description A hook as it is kept: without its secret. */
        Hook: {
            name: string;
        };
        /** @description The hooks. */
        Hooks: {
            hooks: components["schemas"]["Hook"][];
        };
        /**
         * @description Where the writer feels that it is going.
         * @enum {string}
         */
        Hunch: "rising" | "steady" | "at_risk";
        /** @description That a visitor is a customer. */
        Identify: {
            customer: string;
            /** @description HMAC-SHA256(the tag's secret, customer), in hexadecimal digits. */
            proof: string;
        };
        /** @description One file that someone brought in. */
        Import: {
            /** Format: int64 */
            batch: number | null;
            /** @description The first rows beside what they become by the columns as they are chosen now, at most 20. */
            becoming: components["schemas"]["BecomingRow"][];
            by: string;
            /** Format: int64 */
            bytes: number;
            /** @description How many segments changed when it was taken in. */
            changed_segments: number | null;
            columns: components["schemas"]["Column"][];
            committed_at: components["schemas"]["Instant"] | null;
            counts: components["schemas"]["Counts"] | null;
            created_at: components["schemas"]["Instant"];
            /** @description Why it failed. */
            error: string | null;
            /** @description What columns can mean. */
            fields: components["schemas"]["FieldChoice"][];
            file: string;
            format: components["schemas"]["Format"];
            /** Format: int64 */
            id: number;
            kind: components["schemas"]["KindName"];
            /** @description Whether the kind was guessed. */
            kind_is_guess: boolean;
            /** @description Rows that were left out here. */
            left_out: number[];
            /** @description Cells that were put right here: what stands in the file, and what is taken instead. */
            mended: components["schemas"]["KeptMend"][];
            /** @description What was read other than written, by the last check. */
            notices: components["schemas"]["Notice"][];
            /** @description The first rows that cannot be taken in, at most 100. */
            problems: components["schemas"]["Problem"][];
            /** Format: int64 */
            problems_total: number;
            progress: components["schemas"]["Progress"] | null;
            /**
             * Format: int64
             * @description How many rows there are, when known.
             */
            rows: number | null;
            /** @description The first rows, at most 20. */
            sample_rows: string[][];
            state: components["schemas"]["StateName"];
            undo_until: components["schemas"]["Instant"] | null;
        };
        /** @description What to read differently; what is left out is guessed again. */
        ImportPatch: {
            /**
             * Format: int32
             * @description The year of dates written without one; null for none.
             */
            base_year?: number | null;
            /** @description The character between cells. */
            delimiter?: string | null;
            encoding?: string | null;
            /** @description The field of a column by its index; null is not imported. */
            fields?: {
                [key: string]: string | null;
            } | null;
            /** Format: int32 */
            header_row?: number | null;
            kind?: components["schemas"]["KindName"] | null;
            /** @description Rows to leave out, or to take in again. */
            leave_out?: components["schemas"]["LeaveOut"][];
            /** @description Cells to put right, of those that were told as problems. */
            mend?: components["schemas"]["Mend"][];
            sheet?: string | null;
            /** @description Whether hidden rows of the sheet are taken too. */
            take_hidden?: boolean | null;
        };
        /** @description `import` in the stream of news. */
        ImportProgress: {
            /** Format: int64 */
            id: number;
            progress: components["schemas"]["Progress"] | null;
            state: components["schemas"]["StateName"];
        };
        /** @description How much a feature moves scores on average. */
        ImportanceRow: {
            name: string;
            /** Format: double */
            worth: number;
        };
        /** @description Imports, newest first. */
        Imports: {
            imports: components["schemas"]["Import"][];
        };
        /** @description How to put a pack in. */
        InstallBody: {
            /** @description Also writes a new version of segments that say something else; their older versions stay. */
            replace?: boolean;
        };
        /**
         * Format: date-time
         * @description An instant: RFC 3339 in UTC with milliseconds.
         * @example 2026-11-21T00:00:00.000Z
         */
        Instant: string;
        /** @description What data there is. */
        Inventory: {
            attributes: components["schemas"]["Filled"][];
            /** Format: int64 */
            customers: number;
            events: components["schemas"]["Seen"][];
            /** @description Names that are missing, those that would make most possible first. */
            missing: components["schemas"]["Missing"][];
            /** @description Segments to begin with, and what of each is missing; the fullest first. */
            possible: components["schemas"]["Possible"][];
            sources: components["schemas"]["Source"][];
        };
        /** @description Someone to invite. */
        Invitation: {
            email: string;
            name: string;
            rep?: string | null;
            role: components["schemas"]["Role"];
        };
        /** @description Who was invited, and the path by which they join. */
        Invited: {
            /** @description Works once; shown once. */
            link: string;
            person: components["schemas"]["Person"];
        };
        /** @description Using an invitation, or a link to choose a new password. */
        Join: {
            name?: string;
            password: string;
            token: string;
        };
        /** @description A click on a sign of a customer. */
        JudgementBody: {
            /** @description The customer's key. */
            customer: string;
            /** @description The click's own name, made by the client: sending it twice counts once. */
            id: string;
            /** @description Whether the sign was right. */
            right: boolean;
            since?: components["schemas"]["Instant"] | null;
        };
        /** @description A click that is on disk. */
        JudgementTaken: {
            /**
             * Format: int32
             * @description By this number it can be undone.
             */
            batch: number;
            undo_until: components["schemas"]["Instant"];
        };
        /** @description A cell that was put right. */
        KeptMend: {
            column: string;
            /** Format: int64 */
            row: number;
            /** @description What is taken instead. */
            value: string;
            /** @description What stands in the file. */
            was: string;
        };
        /** @description A key, without its secret. */
        Key: {
            created_at: components["schemas"]["Instant"];
            /** Format: int64 */
            id: number;
            last_used_at: components["schemas"]["Instant"] | null;
            name: string;
            /** @description Its first characters. */
            prefix: string;
            role: components["schemas"]["Role"];
        };
        /** @description The keys in use. */
        Keys: {
            keys: components["schemas"]["Key"][];
        };
        /**
         * @description What the rows of a file are about.
         * @enum {string}
         */
        KindName: "customers" | "contacts" | "events" | "purchases" | "deals" | "reports" | "page_views" | "mails" | "letters" | "inquiries" | "surveys" | "cards" | "usage";
        /** @description A contact of a record. */
        KnownAs: {
            contact: string;
            customer: string;
        };
        /**
         * @description The language in which someone is spoken to.
         * @enum {string}
         */
        Language: "ja" | "en";
        /** @description So many outcomes came from `from_days` to `to_days` whole days after the sign. */
        LeadShown: {
            /** Format: int32 */
            from_days: number;
            /** Format: int64 */
            n: number;
            /** Format: int32 */
            to_days: number;
        };
        /** @description How many fit one leaf alone. A leaf that is turned around stands there both ways. */
        LeafCount: {
            /** Format: int64 */
            count: number;
            /** @description A JSON pointer into the draft. */
            path: string;
            sentence: string;
        };
        /** @description What is learnt. */
        LearnBody: {
            event: string;
            /** @enum {string} */
            kind: "happens";
            property?: string | null;
            value?: string | null;
        } | {
            /** Format: int32 */
            active_days: number;
            event: string;
            /** @enum {string} */
            kind: "stops";
        } | {
            /** @enum {string} */
            kind: "lookalike";
            segment: string;
        } | {
            amount: string;
            event: string;
            /** @enum {string} */
            kind: "value";
        };
        /** @description How a learner did on what was held back. */
        LearnerRow: {
            auc: components["schemas"]["FigureBody"];
            brier: components["schemas"]["FigureBody"];
            calibration_error: components["schemas"]["FigureBody"];
            lift: components["schemas"]["FigureBody"];
            /** Format: int64 */
            n: number;
            name: string;
            /** Format: int64 */
            positives: number;
            won: boolean;
        };
        /** @description A row to leave out. */
        LeaveOut: {
            /** @description Whether it is left out; false takes it in again. */
            out: boolean;
            /** Format: int64 */
            row: number;
        };
        /** @description A hook with its secret. */
        MadeHook: {
            name: string;
            /** @description Shown once. */
            secret: string;
        };
        /** @description A new key and its secret. */
        MadeKey: {
            key: components["schemas"]["Key"];
            /** @description Shown once. */
            secret: string;
        };
        /** @description How well an offer fits one customer, criterion by criterion: the sheet before a proposal. */
        Match: {
            amount: components["schemas"]["AmountShown"] | null;
            as_of: components["schemas"]["Instant"];
            /** @description The unknown facts, the one that would settle most first. */
            ask: components["schemas"]["HelpfulShown"][];
            /** Format: int32 */
            at_most: number;
            /** @description The id of the variant that fits better than the offer itself. */
            better: string | null;
            /** @description Whether it can be offered to the customer at all. */
            can_be_offered: boolean;
            criteria: components["schemas"]["CriterionFit"][];
            customer: components["schemas"]["CustomerName"];
            /** Format: int32 */
            level: number;
            /** @description What is known of the needs that it meets. */
            needs: components["schemas"]["NeedHeld"][];
            offer: components["schemas"]["OfferName"];
            /** @description Whether the customer has it already. */
            owned: boolean;
            rep: string | null;
            summary: string;
            /** @description The variants, the best fit first. */
            variants: components["schemas"]["VariantFit"][];
        };
        /** @description One member. */
        Member: {
            key: string;
            kind: components["schemas"]["CustomerKind"];
            may_change_at: components["schemas"]["Instant"] | null;
            name: string;
            /** @description Why, in short. */
            reason: string;
            rep: string | null;
            since: components["schemas"]["Instant"] | null;
        };
        /** @description Members of a segment. */
        Members: {
            as_of: components["schemas"]["Instant"];
            /**
             * Format: int64
             * @description How many there are, of those the caller may see.
             */
            count: number;
            /** @description `after` of the next page; null on the last one. */
            next: string | null;
            rows: components["schemas"]["Member"][];
        };
        /** @description A segment the customer is in. */
        Membership: {
            may_change_at: components["schemas"]["Instant"] | null;
            name: string;
            segment: string;
            since: components["schemas"]["Instant"] | null;
        };
        /** @description A cell to put right. */
        Mend: {
            /** @description The header of its column. */
            column: string;
            /**
             * Format: int64
             * @description The row as problems name it.
             */
            row: number;
            /** @description What is to stand there; null takes an earlier change back. */
            value?: string | null;
        };
        /** @description One topic or term. */
        MentionRow: {
            counts: number[];
            key: string;
            name: string;
            topic: string;
            /** Format: int64 */
            total: number;
        };
        /** @description How often each came up in each step; a text counts once for each. */
        MentionTable: {
            as_of: components["schemas"]["Instant"];
            /**
             * Format: int64
             * @description How many more there are after the last row.
             */
            more: number;
            /** @description Those that come up, the most frequent first. */
            rows: components["schemas"]["MentionRow"][];
            /** @description The first day of each step. The first and the last step may be cut short by the days asked for. */
            steps: components["schemas"]["Day"][];
            /** @description How many texts there were in each step. */
            texts: number[];
        };
        /** @description What merging a segment into another would change. */
        MergeCompared: {
            as_of: components["schemas"]["Instant"];
            /**
             * Format: int64
             * @description How many are in both.
             */
            both: number;
            /** @description The one that goes out of use. */
            gone: components["schemas"]["SegmentName"];
            /** @description The one that stays. */
            kept: components["schemas"]["SegmentName"];
            /** @description Who is only in the one that goes, and is in neither afterwards. */
            only_gone: components["schemas"]["Moved"];
            /** @description Who is only in the one that stays. */
            only_kept: components["schemas"]["Moved"];
            /** @description The segments that refer to the one that goes, and those that refer to these, with who comes and goes in each. */
            segments: components["schemas"]["FileRow"][];
            /** @description The signs that refer to it. */
            signs: components["schemas"]["SegmentName"][];
        };
        /** @description Which segment stays. */
        MergeInto: {
            /** @description The id of the segment that stays. */
            into: string;
        };
        /** @description A merge that was done, by which it can be undone. */
        Merged: {
            /** @description The one that went out of use. */
            gone: components["schemas"]["Rewritten"];
            /** @description The segments that refer to the other now. */
            segments: components["schemas"]["Rewritten"][];
            /** @description The signs that refer to the other now. */
            signs: components["schemas"]["Rewritten"][];
        };
        /** @description Words to begin with. */
        MessageRow: {
            body: string;
            channel: components["schemas"]["ChannelName"];
            subject: string;
        };
        /**
         * @description How a criterion stands.
         * @enum {string}
         */
        MetName: "met" | "unmet" | "unknown" | "settled";
        /** @description How to search. */
        MineBody: {
            /**
             * Format: int32
             * @description Within how many days the outcome counts; 30 when not said, at most 365.
             */
            horizon_days?: number | null;
            /**
             * Format: int64
             * @description For the draws of chance; the same seed gives the same patterns.
             */
            seed?: number | null;
        };
        /** @description What was found. */
        MinedShown: {
            as_of: components["schemas"]["Instant"];
            /** Format: int32 */
            horizon_days: number;
            /** @description The surest first; empty where nothing is surer than chance. */
            patterns: components["schemas"]["PatternRow"][];
            /** @description So many conditions were searched. */
            searched: number;
        };
        /** @description A name of which there are no facts. */
        Missing: {
            label: string;
            name: string;
            /**
             * Format: int64
             * @description How many segments to begin with need it.
             */
            needed_by: number;
        };
        /** @description A model to write. */
        ModelBody: {
            /**
             * Format: int32
             * @description For how many days ahead, 1 to 730.
             */
            horizon_days: number;
            learn: components["schemas"]["LearnBody"];
            names?: components["schemas"]["Names"] | null;
            /** Format: int64 */
            seed?: number | null;
        };
        /** @description How far a run is. */
        ModelProgress: {
            /** Format: int64 */
            done: number;
            /** Format: int64 */
            of: number;
            stage: components["schemas"]["StageName"];
        };
        /** @description One model. */
        ModelRow: {
            card: components["schemas"]["CardBody"] | null;
            /** Format: int32 */
            horizon_days: number;
            id: string;
            learn: components["schemas"]["LearnBody"];
            name: string;
            names: components["schemas"]["Names"];
            progress: components["schemas"]["ModelProgress"] | null;
            /** @description Why the last run came to nothing. */
            refused: string | null;
            /** @description The condition leaf that asks for its score. */
            score: string;
            /** Format: int64 */
            seed: number;
            /** @description What is foretold, as a sentence. */
            sentence: string;
            /** Format: int32 */
            version: number;
        };
        /** @description Every model. */
        Models: {
            models: components["schemas"]["ModelRow"][];
        };
        /** @description How strong a sign was at the ends of the last weeks, and is now. */
        MomentumShown: {
            /** @description Three, two and one week ago. */
            before: number[];
            direction: components["schemas"]["DirectionName"];
            /**
             * Format: int32
             * @description How many points more than the average of the three weeks before.
             */
            gain: number;
            /** Format: int32 */
            now: number;
        };
        /** @description A local month. */
        Month: {
            /** Format: int32 */
            count: number;
            /** @description `2026-11`. */
            month: string;
        };
        /** @description By how much, or to when, to move the clock; one of the two. */
        MoveClock: {
            /** Format: int64 */
            by_seconds?: number | null;
            to?: components["schemas"]["Instant"] | null;
        };
        /** @description Customers who come or go: how many, and some of them. */
        Moved: {
            /** Format: int64 */
            count: number;
            /** @description Those known longest, ten at most. */
            sample: components["schemas"]["CustomerName"][];
        };
        /**
         * @description Only those who came to the cell, or went from it, since the instant before.
         * @enum {string}
         */
        MovedBody: "entered" | "left";
        /** @description A name in both languages. */
        Names: {
            en?: string;
            ja?: string;
        };
        /** @description A need to write. */
        NeedBody: {
            /** @description The need as it is written in a file. */
            definition: Record<string, unknown>;
            /**
             * Format: int32
             * @description The version that was changed; left out for a new one.
             */
            version?: number | null;
        };
        /** @description What is known of a need of a customer. */
        NeedHeld: {
            /** @description Who recorded it. */
            by: string | null;
            evidence: components["schemas"]["EvidenceRow"][];
            id: string;
            kind: components["schemas"]["NeedHeldKind"];
            /** @description The offers that meet it. */
            met_by: components["schemas"]["OfferName"][];
            name: string;
            note: string | null;
            question: string;
            /** @description What shows it, where nobody has recorded anything: in a sentence, and the newest records. */
            shown_by: string | null;
            since: components["schemas"]["Instant"] | null;
            source: components["schemas"]["NeedSource"] | null;
        };
        /**
         * @description What is known of a need.
         * @enum {string}
         */
        NeedHeldKind: "stated" | "latent" | "absent" | "unknown";
        /** @description What is known of a need, to be recorded. */
        NeedNote: {
            /** @description The record's own name, made by the client: sending it twice counts once. */
            id: string;
            /** @description `unknown` takes back what was recorded. */
            kind: components["schemas"]["NeedHeldKind"];
            need: string;
            note?: string | null;
            source?: components["schemas"]["NeedSource"] | null;
        };
        /** @description A need. */
        NeedRow: {
            /** @description The need as it is written in a file. */
            definition: Record<string, unknown>;
            /** @description Why it cannot be asked, if so. */
            faults: components["schemas"]["Fault"][];
            id: string;
            /** @description What shows that it is there without being said, as a sentence. */
            latent_when: string | null;
            /** @description The offers that meet it. */
            met_by: components["schemas"]["OfferName"][];
            name: string;
            /** @description What to ask to find out; may be empty. */
            question: string;
            retired: boolean;
            /** @description What shows that a customer states it, as a sentence. */
            stated_when: string | null;
            /** Format: int32 */
            version: number;
        };
        /**
         * @description Where a need is known from.
         * @enum {string}
         */
        NeedSource: "rep" | "report" | "sign" | "behaviour" | "import";
        /** @description What was recorded. */
        NeedTaken: {
            /**
             * Format: int32
             * @description By this number it can be undone.
             */
            batch: number;
            undo_until: components["schemas"]["Instant"];
        };
        /** @description All needs. */
        Needs: {
            needs: components["schemas"]["NeedRow"][];
        };
        /** @description Attributes of one customer or of a contact. */
        NewAttributes: {
            /** @description Since when they hold; now when left out. */
            at?: string | null;
            /** @description Null erases a value; what is left out stays. */
            attributes: Record<string, unknown>;
            contact?: string | null;
            key: string;
        };
        /** @description A dictionary to put in force. */
        NewDictionary: {
            draft: Record<string, unknown>;
            /**
             * Format: int32
             * @description The version that was changed.
             */
            expected: number;
        };
        /** @description One event. */
        NewEvent: {
            /** @description When; now when left out. */
            at?: string | null;
            contact?: string | null;
            customer: string;
            /** @description The event's own name in its source; the same one counts once for ever. */
            id: string;
            /** @description What happened: `login`. */
            name: string;
            properties?: Record<string, unknown> | null;
        };
        /** @description A key to make. */
        NewKey: {
            name: string;
            role: components["schemas"]["Role"];
        };
        /** @description A daily report. */
        NewReport: {
            at?: components["schemas"]["Instant"] | null;
            /** @description The contact who was spoken to, by key. */
            contact?: string | null;
            customer: string;
            hunch?: components["schemas"]["Hunch"] | null;
            /** @description The report's own name, made by the client: sending it twice counts once. */
            id: string;
            /** @description What the customer struggles with (顧客の課題). */
            issue?: string | null;
            /** @description A remark of the customer's that stuck. */
            remark?: string | null;
            temperature?: components["schemas"]["Temperature"] | null;
            text?: string | null;
        };
        /** @description The firm's own rules, in place of those there were. */
        NewRules: {
            rules: components["schemas"]["Rule"][];
        };
        /** @description Words by which a topic is found from now on. */
        NewTerm: {
            /**
             * Format: int32
             * @description The version that was changed.
             */
            expected: number;
            /** @description The words, as they are written in texts. */
            term: string;
            topic: string;
        };
        /** @description How learning stands, and what was learnt last. */
        NextOffersShown: components["schemas"]["WorkTold"] & {
            result: components["schemas"]["TogetherShown"] | null;
        };
        /** @description When the next purchase is due. */
        NextPurchase: {
            due: components["schemas"]["Day"];
            last: components["schemas"]["Day"];
            /** Format: int32 */
            median_gap_days: number;
            /**
             * Format: int32
             * @description So many days ago it was due; below 0 it is yet to come.
             */
            overdue_days: number;
            /** Format: int64 */
            purchases: number;
        };
        /** @description An item to offer. */
        NextRow: {
            because: components["schemas"]["PairShown"] | null;
            item: string;
            offer: components["schemas"]["OfferName"] | null;
            /** @description Why, in a sentence. */
            sentence: string;
            /**
             * Format: double
             * @description Of those like the customer so many have it, 0 to 1; of all where nothing speaks for it.
             */
            share: number;
        };
        /** @description Something that was read other than written. */
        Notice: {
            column: string | null;
            /**
             * Format: int64
             * @description The first of these rows.
             */
            first_row: number;
            /**
             * Format: int64
             * @description How many rows it touched; 0 when it is about the whole column.
             */
            rows: number;
            /** @description What was done. */
            said: string;
        };
        /** @description An offer to write. */
        OfferBody: {
            /** @description The offer as it is written in a file. */
            definition: Record<string, unknown>;
            /**
             * Format: int32
             * @description The version that was changed; needed for a change only.
             */
            version?: number | null;
        };
        /** @description Customers in the order in which an offer fits them. */
        OfferCustomers: {
            as_of: components["schemas"]["Instant"];
            /** @description How many there are from 0 to 9, from 10 to 19, and so on, and at last from 90 to 100. */
            bands: number[];
            /**
             * Format: int64
             * @description How many are in the list, of those the caller may see.
             */
            count: number;
            /** @description How each criterion stands among those to whom it can be proposed, and among those who have it. */
            criteria: components["schemas"]["CriterionAmong"][];
            /**
             * Format: int64
             * @description Of so many who are known.
             */
            known: number;
            next: string | null;
            /**
             * Format: int64
             * @description To how many it can be proposed.
             */
            open: number;
            /**
             * Format: int64
             * @description How many have it already; they are not in the list.
             */
            owners: number;
            rows: components["schemas"]["RankedRow"][];
        };
        /** @description How well an offer fits a customer, in short. */
        OfferFit: {
            ask_first: components["schemas"]["HelpfulShown"] | null;
            /** Format: int32 */
            at_most: number;
            better: components["schemas"]["VariantFit"] | null;
            /** Format: int32 */
            level: number;
            /** @description The names of the criteria that are met, the weightiest first. */
            met: string[];
            offer: components["schemas"]["OfferName"];
            /** @description The names of those that are not. */
            unmet: string[];
        };
        /** @description An offer by name. */
        OfferName: {
            id: string;
            name: string;
        };
        /** @description What came of the proposals of an offer, by what was foretold. */
        OfferReview: {
            all: components["schemas"]["WonShown"];
            as_of: components["schemas"]["Instant"];
            /** @description By level: 0 to 19, 20 to 39, and so on. */
            bands: components["schemas"]["WonShown"][];
            criteria: components["schemas"]["CriterionReview"][];
            /** Format: int64 */
            proposed: number;
        };
        /** @description One offer. */
        OfferRow: {
            amount: components["schemas"]["AmountShown"] | null;
            /** @description What makes it fit; needs come first. */
            criteria: components["schemas"]["CriterionRow"][];
            /** @description Why it cannot be asked, if so. */
            faults: components["schemas"]["Fault"][];
            /** @description Who has it already, as a sentence. */
            has: string | null;
            id: string;
            name: string;
            origin: components["schemas"]["OriginName"];
            products: string[];
            /** @description To whom it can be offered, as a sentence; null: to everybody. */
            requires: string | null;
            state: components["schemas"]["OfferState"];
            summary: string;
            variants: components["schemas"]["VariantRow"][];
            /** Format: int32 */
            version: number;
        };
        /** @description One offer with its definition. */
        OfferShown: components["schemas"]["OfferRow"] & {
            changed_at: components["schemas"]["Instant"];
            changed_by: string | null;
            /** @description The offer as it is written in a file. */
            definition: Record<string, unknown>;
        };
        /**
         * @description Where an offer stands.
         * @enum {string}
         */
        OfferState: "in_force" | "off" | "faulty";
        /** @description One version of an offer. */
        OfferVersion: {
            at: components["schemas"]["Instant"];
            by: string | null;
            /** @description The offer as it was written; null when it can no longer be read. */
            definition: Record<string, unknown> | null;
            origin: components["schemas"]["OriginName"];
            /** @description Whether it was switched off as of this version. */
            retired: boolean;
            /** Format: int32 */
            version: number;
        };
        /** @description The versions of an offer. */
        OfferVersions: {
            /** @description Newest first. */
            versions: components["schemas"]["OfferVersion"][];
        };
        /** @description All offers. */
        Offers: {
            offers: components["schemas"]["OfferRow"][];
        };
        /** @description What became of a file of offers and needs. */
        OffersTaken: {
            added: number;
            changed: number;
            unchanged: number;
        };
        /** @description A one-time path. */
        OneTimeLink: {
            /** @description Works once; shown once. */
            link: string;
        };
        /**
         * @description Where a definition came from.
         * @enum {string}
         */
        OriginName: "file" | "api" | "page" | "built_in";
        /** @description How an approach went. */
        OutcomeBody: {
            /** @description The report's own name, made by the client: sending it twice counts once. */
            id: string;
            note?: string | null;
            outcome: components["schemas"]["OutcomeName"];
            /** @description The sign that led to it. */
            sign: string;
            until?: components["schemas"]["Instant"] | null;
        };
        /**
         * @description What came of an approach.
         * @enum {string}
         */
        OutcomeName: "connected" | "no_answer" | "callback" | "meeting" | "lost" | "wrong_person" | "snooze";
        /** @description A report that is on disk. */
        OutcomeTaken: {
            /**
             * Format: int32
             * @description By this number it can be undone.
             */
            batch: number;
            rests_until: components["schemas"]["Instant"] | null;
            undo_until: components["schemas"]["Instant"];
        };
        /** @description Members in common with another segment. */
        Overlap: {
            /** Format: int64 */
            both: number;
            name: string;
            /**
             * Format: int64
             * @description Of the members of the other, in whole percent.
             */
            of_other_percent: number;
            /**
             * Format: int64
             * @description Of the members of this, in whole percent.
             */
            of_this_percent: number;
            segment: string;
        };
        /** @description What came of putting a pack in. */
        PackInstalled: {
            /** @description The ids of segments that are new or in use again. */
            added: string[];
            /** @description Those that say something else and were left as they are. */
            kept: string[];
            /** @description Those that have a new version. */
            replaced: components["schemas"]["Replaced"][];
            /** @description How many were there just so. */
            unchanged: number;
        };
        /** @description What came of taking a pack out. */
        PackRemoved: {
            /** @description Those that were changed since, or that others refer to. */
            kept: string[];
            /** @description The ids of the segments that are no more in use; each can be restored. */
            removed: string[];
        };
        /** @description All segments a trade begins with. */
        PackRow: {
            id: string;
            /** @description How many of them are in use just as they stand here. */
            installed: number;
            lead: string;
            name: string;
            segments: components["schemas"]["PackSegmentRow"][];
        };
        /** @description One segment of a pack. */
        PackSegmentRow: {
            condition: Record<string, unknown>;
            family: components["schemas"]["FamilyName"];
            golden: components["schemas"]["GoldenName"] | null;
            id: string;
            messages: components["schemas"]["MessageRow"][];
            /** @description The names it looks at of which this workspace has no facts. */
            missing: string[];
            name: string;
            names: components["schemas"]["Names"];
            next_action: string;
            /** @description How to treat its members. */
            principle: string;
            purpose: string;
            sentence: string;
            state: components["schemas"]["PackState"];
        };
        /**
         * @description Whether a segment of a pack is in use.
         * @enum {string}
         */
        PackState: "absent" | "same" | "other";
        /** @description Every pack. */
        Packs: {
            packs: components["schemas"]["PackRow"][];
        };
        /**
         * @description What speaks for an item.
         * @enum {string}
         */
        PairBy: "item" | "attribute";
        /** @description How many pairs stand where. */
        PairCounts: {
            /** Format: int64 */
            different: number;
            /** Format: int64 */
            later: number;
            /** Format: int64 */
            open: number;
            /** Format: int64 */
            same: number;
        };
        /** @description What was decided. */
        PairDecided: {
            at: components["schemas"]["Instant"];
            by: string;
            /** @description Whether the threshold decided, and nobody looked. */
            by_rule: boolean;
            /** @description Whether it has no effect, because it would put two together of whom it was decided that they are different. */
            held_back: boolean;
            what: components["schemas"]["WhatName"];
        };
        /** @description What is known of both. */
        PairField: {
            a: string | null;
            b: string | null;
            label: string;
            /** @description Whether both say the very same. */
            same: boolean;
        };
        /** @description Pairs, the likeliest first. */
        PairList: {
            at_once: components["schemas"]["AtOnceFar"];
            /**
             * Format: int64
             * @description How many pairs were put together by the threshold then.
             */
            by_rule: number;
            /**
             * Format: int64
             * @description How many pairs were compared then.
             */
            compared: number;
            counts: components["schemas"]["PairCounts"];
            /**
             * Format: int64
             * @description How many customers were compared with each other then.
             */
            customers: number;
            finding: components["schemas"]["PairsFar"] | null;
            found_at: components["schemas"]["Instant"] | null;
            /**
             * Format: int64
             * @description How many more waited than are kept.
             */
            more: number;
            next: number | null;
            rows: components["schemas"]["PairRow"][];
            /** Format: int64 */
            total: number;
        };
        /** @description Two customers that may be one. */
        PairRow: {
            a: components["schemas"]["Party"];
            b: components["schemas"]["Party"];
            decided: components["schemas"]["PairDecided"] | null;
            fields: components["schemas"]["PairField"][];
            /** Format: double */
            probability: number | null;
            /** @description The sum behind it, step by step. */
            steps: components["schemas"]["PairStep"][];
            /**
             * Format: double
             * @description In bits: each doubles the odds.
             */
            weight: number | null;
        };
        /** @description Who has one thing has another more often. */
        PairShown: {
            /** Format: int64 */
            both: number;
            by: components["schemas"]["PairBy"];
            /** @description Who, in words: an item, or a value of an attribute. */
            from: string;
            /**
             * Format: double
             * @description How many times as large as that of all others; null where none of them has it.
             */
            lift: number | null;
            /**
             * Format: double
             * @description At least so many times, allowing for everything that was tried.
             */
            lift_low: number;
            /** Format: int64 */
            of: number;
            /**
             * Format: double
             * @description The share of those with the first who have the second, 0 to 1.
             */
            share: number;
            /** @description What they have. */
            to: string;
        };
        /** @description A step of the sum. */
        PairStep: {
            /** Format: double */
            bits: number;
            said: string;
        };
        /** @description How far the job is. */
        PairsFar: {
            /** Format: int64 */
            done: number;
            phase: components["schemas"]["PhaseName"];
            /** Format: int64 */
            total: number;
        };
        /** @description A part of a sign, as it stands for one customer. */
        PartHeld: {
            /** @description The newest records behind it, three at most, newest first. */
            evidence: components["schemas"]["EvidenceRow"][];
            /** @description What was found. */
            found: string | null;
            holds: boolean;
            /**
             * Format: int32
             * @description The most it can add.
             */
            most: number;
            /** @description In a few words; may be empty. */
            name: string;
            /**
             * Format: int32
             * @description What it adds now.
             */
            points: number;
            sentence: string;
        };
        /** @description A part of a sign. */
        PartRow: {
            /**
             * Format: int32
             * @description The most it adds, where it grows with more records.
             */
            cap: number | null;
            /** @description After each such time a record adds half of what it did. */
            half_life: string | null;
            /** @description What has been seen when it holds, in a few words; may be empty. */
            name: string;
            sentence: string;
            /** Format: int32 */
            weight: number;
        };
        /** @description One of the two. */
        Party: {
            /** Format: int64 */
            events: number;
            key: string;
            last_event_at: components["schemas"]["Instant"] | null;
            name: string;
            rep: string | null;
        };
        /** @description What is asked about the past: a condition, or a segment, perhaps in one of its earlier versions. */
        PastBody: {
            condition?: Record<string, unknown> | null;
            /** @description The first day, in. */
            from: components["schemas"]["Day"];
            segment?: string | null;
            /** @description The last day, in; not after today. */
            to: components["schemas"]["Day"];
            /**
             * Format: int32
             * @description A version of the segment; the one in force when left out.
             */
            version?: number | null;
        };
        /** @description A condition after which the outcome comes more often. */
        PatternRow: {
            /** @description How often it followed whatever the pattern says. */
            base: components["schemas"]["RateShown"];
            /**
             * Format: double
             * @description How often chance alone gives anything as sure among all that was searched.
             */
            by_chance: number;
            /** @description The share of the dates with an outcome ahead at which the pattern held. */
            coverage: components["schemas"]["RateShown"];
            /** @description A draft of a sign, to be made with `POST /signs`. */
            definition: Record<string, unknown>;
            lift: components["schemas"]["RatioShown"];
            /** Format: int32 */
            median_lead_days: number;
            /** @description How often the outcome followed, on later dates than those it was found on. */
            right: components["schemas"]["RateShown"];
            /** @description In the language that was asked for. */
            sentence?: string;
        };
        /** @description How the search stands, and what it found. */
        PatternsShown: components["schemas"]["WorkTold"] & {
            /** @description What the patterns are to foretell. */
            foretold: components["schemas"]["ForetoldSaid"];
            result: components["schemas"]["MinedShown"] | null;
        };
        /** @description Everyone, active or not. */
        People: {
            people: components["schemas"]["Person"][];
        };
        /** @description Someone of the workspace. */
        Person: components["schemas"]["User"] & {
            active: boolean;
            last_seen: components["schemas"]["Instant"] | null;
        };
        /** @description What to change; what is left out stays. */
        PersonPatch: {
            active?: boolean | null;
            language?: components["schemas"]["Language"] | null;
            name?: string | null;
            rep?: string | null;
            role?: components["schemas"]["Role"] | null;
        };
        /** @description Somebody at a firm; one person in two firms is two. */
        PersonShown: {
            id: string;
            /** @description Under which records they are known. */
            known_as: components["schemas"]["KnownAs"][];
            name: string | null;
        };
        /**
         * @description What the job is at.
         * @enum {string}
         */
        PhaseName: "reading" | "comparing" | "uniting";
        /** @description A part of a text. */
        Piece: {
            /** @description The places in `hits` of what was found here. */
            hits: number[];
            text: string;
        };
        /** @description A segment to begin with. */
        Possible: {
            id: string;
            /** @description The names of which there are no facts; none, and it can be used at once. */
            missing: string[];
            name: string;
        };
        /** @description What a condition comes to. */
        Preview: {
            as_of: components["schemas"]["Instant"];
            change: components["schemas"]["Difference"] | null;
            coming: components["schemas"]["Coming"][];
            /**
             * Format: int64
             * @description How many are in. Exact.
             */
            count: number;
            /** @description Always empty: a condition with faults is answered 422. */
            faults: components["schemas"]["Fault"][];
            /** @description How many are left at each place, from the first to the last. The condition itself is no place. */
            funnel: components["schemas"]["FunnelStep"][];
            leaves: components["schemas"]["LeafCount"][];
            /** @description The other segments that have most members in common with this, five at most. */
            overlap: components["schemas"]["Overlap"][];
            sample: components["schemas"]["SampleRow"][];
            sentence: string;
            /**
             * Format: int64
             * @description How many customers there are.
             */
            total: number;
        };
        /** @description A row that cannot be taken in. */
        Problem: {
            column: string | null;
            file: string;
            /** @description What to do. */
            fix: string | null;
            /** @description What is wrong. */
            reason: string;
            /** Format: int64 */
            row: number;
            sheet: string | null;
            value: string;
        };
        /** @description How far a step is. */
        Progress: {
            /**
             * Format: int64
             * @description Rows.
             */
            done: number;
            /** Format: int64 */
            rows_per_second: number;
            /**
             * Format: int64
             * @description Rows, estimated from the file's size.
             */
            total: number | null;
        };
        /** @description How a sign is to be tried. */
        ProofBody: {
            /**
             * Format: int32
             * @description Over so many days; 364 when not said.
             */
            back_days?: number | null;
            /**
             * Format: int32
             * @description So many days between two dates; 7 when not said.
             */
            step_days?: number | null;
        };
        /** @description How a sign did at past dates. Where there is too little to judge, no rate of the sign is told. */
        ProofShown: {
            bands: components["schemas"]["BandShown"][];
            base: components["schemas"]["RateShown"] | null;
            caught: components["schemas"]["RateShown"] | null;
            drift: components["schemas"]["DriftShown"] | null;
            from: components["schemas"]["Instant"] | null;
            /** Format: int32 */
            horizon_days: number;
            leads: components["schemas"]["LeadShown"][];
            lift: components["schemas"]["RatioShown"] | null;
            /** Format: int32 */
            median_lead_days: number | null;
            n_dates: number;
            over_plain: components["schemas"]["RatioShown"] | null;
            plain: components["schemas"]["RateShown"] | null;
            right: components["schemas"]["RateShown"] | null;
            /** Format: int32 */
            step_days: number;
            to: components["schemas"]["Instant"] | null;
            verdict: components["schemas"]["VerdictName"];
        };
        /** @description What came of trying a sign. */
        ProofTold: components["schemas"]["ProofShown"] & {
            /** @description By what was known at this instant. */
            as_of: components["schemas"]["Instant"];
            /** @description How it did lately against the time before, in a sentence; null where there is too little to compare. */
            drift_sentence: string | null;
            /** @description Whether the sign or what it foretells was changed since. */
            is_out_of_date: boolean;
            /** @description What there is too little of. */
            lacks: string[];
            /** @description The weightiest part, which stands for the plain rule. */
            plain_rule: string;
            /** @description All of it in a sentence or two. */
            sentence: string;
        };
        /** @description A property of events. */
        PropertyWord: {
            key: string;
            kind: components["schemas"]["ValueKind"];
            label: string;
            samples: string[];
        };
        /** @description A proposal to write down. */
        ProposalBody: {
            /** @description How it was arranged for this customer; asked for where the workspace wants a sheet before each proposal. */
            arrangement?: string | null;
            /** @description The proposal's own name, made by the client: sending it twice counts once. */
            id: string;
            offer: string;
            /** @description The variant that was proposed; the offer itself when left out. */
            variant?: string | null;
        };
        /**
         * @description What became of a proposal.
         * @enum {string}
         */
        ProposalResultName: "open" | "won" | "lost";
        /** @description A proposal. */
        ProposalRow: {
            answered_at: components["schemas"]["Instant"] | null;
            arrangement: string | null;
            at: components["schemas"]["Instant"];
            /** Format: int32 */
            at_most: number;
            /** @description How each criterion stood then. */
            criteria: components["schemas"]["CriterionThen"][];
            id: string;
            /**
             * Format: int32
             * @description As it was when it was proposed.
             */
            level: number;
            /** @description The offer's name now. */
            name: string;
            offer: string;
            rep: string | null;
            result: components["schemas"]["ProposalResultName"];
            variant: string | null;
        };
        /** @description How proposals are written down. */
        ProposalRules: {
            /** @description Whether a proposal must say how it is arranged for the customer. */
            sheet_required: boolean;
        };
        /** @description What was written down. */
        ProposalTaken: {
            /** Format: int32 */
            at_most: number;
            /**
             * Format: int32
             * @description By this number it can be undone.
             */
            batch: number;
            /** Format: int32 */
            level: number;
            undo_until: components["schemas"]["Instant"];
        };
        /** @description The proposals to a customer. */
        Proposals: {
            as_of: components["schemas"]["Instant"];
            /** @description Newest first. */
            proposals: components["schemas"]["ProposalRow"][];
            /** @description Whether a proposal must say how it is arranged. */
            sheet_required: boolean;
        };
        /** @description One of them. */
        ProspectRow: {
            customer: components["schemas"]["CustomerName"];
            /**
             * Format: double
             * @description 0 to 1.
             */
            likeness: number;
            /** @description The members nearest to them. */
            nearest: components["schemas"]["CustomerName"][];
            /** @description What they have in common with the members. */
            shared: string[];
        };
        /** @description Those who are like the members. */
        Prospects: {
            as_of: components["schemas"]["Instant"];
            /** Format: int64 */
            count: number;
            /** @description `after` of the next page; null on the last one. */
            next: string | null;
            rows: components["schemas"]["ProspectRow"][];
        };
        /** @description One customer in the ranking of an offer. */
        RankedRow: {
            ask_first: components["schemas"]["HelpfulShown"] | null;
            /**
             * Format: int32
             * @description If everything unknown turns out well.
             */
            at_most: number;
            better: components["schemas"]["VariantFit"] | null;
            key: string;
            kind: components["schemas"]["CustomerKind"];
            /**
             * Format: int32
             * @description 0 to 100, by what is known.
             */
            level: number;
            name: string;
            rep: string | null;
            /** @description How each criterion stands, in the order of the offer. */
            states: components["schemas"]["MetName"][];
        };
        /** @description A share from 0 to 1 with its interval of 95 %. */
        RateShown: {
            /**
             * Format: int64
             * @description At so many customers.
             */
            customers: number;
            /** Format: double */
            high: number;
            /** Format: int64 */
            hits: number;
            /** Format: double */
            low: number;
            /** Format: int64 */
            of: number;
            /** Format: double */
            share: number;
        };
        /** @description How many times as large, with its interval of 95 %. */
        RatioShown: {
            /** Format: double */
            high: number;
            /** Format: double */
            low: number;
            /** Format: double */
            times: number;
        };
        /** @description How far the reading of past texts is. */
        ReadingFar: {
            /**
             * Format: int64
             * @description Customers whose texts are read.
             */
            done: number;
            /** Format: int64 */
            total: number;
        };
        /** @description One node of the reasons. */
        ReasonNode: {
            children: components["schemas"]["ReasonNode"][];
            /** @description The records that count, newest first, at most 20. */
            evidence: components["schemas"]["EvidenceRow"][];
            /** @description How many records count in all. */
            evidence_total: number;
            /** @description What was found. */
            found: string | null;
            holds: boolean;
            kind: components["schemas"]["ReasonNodeKind"];
            may_change_at: components["schemas"]["Instant"] | null;
            /** @description What was asked. */
            sentence: string;
            /** @description What was asked for. */
            threshold: string | null;
        };
        /**
         * @description The kinds of node.
         * @enum {string}
         */
        ReasonNodeKind: "all" | "any" | "not" | "leaf" | "segment" | "some";
        /** @description What moves a score. */
        ReasonRow: {
            name: string;
            value: string;
            /**
             * Format: double
             * @description What it adds to the logit; below 0 it takes away.
             */
            worth: number;
        };
        /** @description One record: a customer of its own. */
        RecordShown: components["schemas"]["CustomerName"] & {
            /** @description Why it belongs to the firm, as a sentence; null for the only one. */
            because: string | null;
            last_event_at: components["schemas"]["Instant"] | null;
            rep: string | null;
        };
        /**
         * @description What clicks come to.
         * @enum {string}
         */
        RegardName: "open" | "trusted" | "doubted";
        /** @description One that was not taken in. */
        Rejected: {
            /** @description Its place in the list, from 0. */
            index: number;
            /** @description Why, as a sentence. */
            reason: string;
        };
        /** @description Two segments with members in common. */
        RelatedPair: {
            a: string;
            /**
             * Format: int64
             * @description Members of both among members of either, in whole percent.
             */
            alike_percent: number;
            b: string;
            /** Format: int64 */
            both: number;
            kind: components["schemas"]["RelationKind"];
        };
        /** @description One segment of them. */
        RelatedSegment: {
            /** Format: int64 */
            count: number;
            golden: components["schemas"]["GoldenName"] | null;
            id: string;
            name: string;
        };
        /**
         * @description How two segments lie to each other.
         * @enum {string}
         */
        RelationKind: "same" | "inside" | "overlap";
        /** @description What all segments in force share with each other. */
        Relations: {
            as_of: components["schemas"]["Instant"];
            /** @description Row `i` holds how many are in both segment `i` and segment `j`, for `j` from `i` on. */
            both: number[][];
            /** @description The pairs most alike, 200 at most. */
            pairs: components["schemas"]["RelatedPair"][];
            segments: components["schemas"]["RelatedSegment"][];
        };
        /** @description A rep, and how many customers wait. */
        RepCount: {
            count: number;
            rep: string;
        };
        /** @description A segment that has a new version. */
        Replaced: {
            /**
             * Format: int32
             * @description The version before, which can be restored.
             */
            before: number;
            id: string;
        };
        /** @description What to learn of. */
        ReplenishmentBody: {
            /** @description The event of a purchase; as it was said last when not said, at first `purchased`. */
            event?: string | null;
            /**
             * Format: int32
             * @description Bought on fewer days, a product is no habit: 2 to 20; 4 when not said.
             */
            least_days?: number | null;
            /** @description The property that names what was bought; as it was said last when not said, at first `product`. */
            property?: string | null;
            /**
             * Format: int32
             * @description Last bought longer ago, a product is given up: 7 to 730 days; 120 when not said.
             */
            silent_days?: number | null;
            /**
             * Format: int32
             * @description How many days ahead, 1 to 180; 14 when not said.
             */
            within_days?: number | null;
        };
        /** @description How learning stands, and what was learnt last. */
        ReplenishmentShown: components["schemas"]["WorkTold"] & {
            /** @description The event of a purchase, and the property that names the product, as they were said last. */
            event: string;
            property: string;
            result: components["schemas"]["SupplyShown"] | null;
        };
        /** @description One text, or several of one event. */
        ReportRow: {
            at: components["schemas"]["Instant"];
            /** @description The person it is about, by name. */
            contact: string | null;
            customer: components["schemas"]["CustomerName"];
            event: string;
            hunch: string | null;
            label: string;
            rep: string | null;
            /**
             * Format: int64
             * @description Its name among all facts.
             */
            report: number;
            temperature: string | null;
            texts: components["schemas"]["TextShown"][];
        };
        /** @description A report that is on disk. */
        ReportTaken: {
            /**
             * Format: int32
             * @description By this number it can be undone.
             */
            batch: number;
            /** @description How many topics were found in it. */
            mentions: number;
            undo_until: components["schemas"]["Instant"];
        };
        /** @description Texts, newest first. */
        Reports: {
            as_of: components["schemas"]["Instant"];
            next: string | null;
            reading: components["schemas"]["ReadingFar"] | null;
            /** @description Who writes, by name. */
            reps: string[];
            rows: components["schemas"]["ReportRow"][];
            /**
             * Format: int64
             * @description How many there are on all pages.
             */
            total: number;
        };
        /** @description That somebody looked at a segment and found it good. */
        Reviewed: {
            /** @description The day by which it is to be looked at again, such as `2027-03-01`; none when left out. */
            next_on?: string | null;
            /**
             * Format: int32
             * @description The version that was looked at.
             */
            version: number;
        };
        /** @description A definition with a new version. */
        Rewritten: {
            /**
             * Format: int32
             * @description The version it had.
             */
            before: number;
            id: string;
            /**
             * Format: int32
             * @description The version it has.
             */
            version: number;
        };
        /**
         * @description What someone may do.
         * @enum {string}
         */
        Role: "owner" | "manager" | "rep" | "viewer";
        /** @description Addresses of a form are pages of a type. */
        Rule: {
            /** @description The form of the path: `*` is anything, `{topic}` a step that is kept as a property. */
            form: string;
            /** @description `pricing`, `case_study`, or one of the firm's own. */
            page_type: string;
        };
        /** @description The plainest rule beside the models. */
        RuleRow: {
            /** Format: double */
            auc: number;
            name: string;
        };
        /** @description A rule with what became of it. */
        RuleShown: {
            /**
             * Format: int64
             * @description In how many places it found something that counts.
             */
            counted: number;
            id: string;
            /**
             * Format: int64
             * @description In how many places it found something that does not.
             */
            not_counted: number;
            /**
             * Format: int64
             * @description How often people said that it was right.
             */
            right: number;
            /**
             * Format: int32
             * @description The version of the dictionary in which it was last changed.
             */
            since: number;
            /**
             * Format: int64
             * @description How often people said that it was wrong.
             */
            wrong: number;
        };
        /** @description Rules in order; the first that fits counts. */
        Rules: {
            built_in: components["schemas"]["Rule"][];
            own: components["schemas"]["Rule"][];
        };
        /** @description A member, with the reason in short. */
        SampleRow: {
            key: string;
            kind: components["schemas"]["CustomerKind"];
            name: string;
            why: string;
        };
        /** @description What a model says of a customer. */
        ScoreRow: {
            model: string;
            name: string;
            /** @description What moves it most now, the most first. */
            reasons: components["schemas"]["ReasonRow"][];
            /**
             * Format: double
             * @description 0 to 1, as it was written; null when the customer was not asked about.
             */
            score: number | null;
            since: components["schemas"]["Instant"] | null;
        };
        /** @description A name of events. */
        Seen: {
            /** Format: int64 */
            count: number;
            label: string;
            name: string;
        };
        /** @description A segment to write. */
        SegmentBody: {
            /** @description The condition, in the language of conditions. */
            condition: Record<string, unknown>;
            golden?: components["schemas"]["GoldenName"] | null;
            /** @description Made from the name when left out. */
            id?: string | null;
            names: components["schemas"]["Names"];
            next_action?: string | null;
            /** @description Who answers for it: a person or a team. */
            owner?: string | null;
            purpose?: string | null;
            /** @description The day by which it is to be looked at again, such as `2027-03-01`. */
            review_on?: string | null;
            /**
             * Format: int32
             * @description The version that was changed; needed for a change only.
             */
            version?: number | null;
        };
        /** @description One segment with its condition. */
        SegmentDetail: components["schemas"]["SegmentRow"] & {
            as_of: components["schemas"]["Instant"];
            condition: Record<string, unknown>;
            created_at: components["schemas"]["Instant"];
            names: components["schemas"]["Names"];
        };
        /** @description A segment by name. */
        SegmentName: {
            id: string;
            name: string;
        };
        /** @description What members are more often than others, for sure. */
        SegmentProfile: {
            as_of: components["schemas"]["Instant"];
            /** @description How many traits were compared. */
            compared: number;
            /** @description A condition for those who are like them; null where nothing was found. */
            condition: Record<string, unknown> | null;
            /** Format: int64 */
            members: number;
            /** @description A draft of who they are, to be edited by people. */
            persona: string;
            /**
             * Format: int64
             * @description How many others the caller may see.
             */
            rest: number;
            /** @description The most telling first, 30 at most. */
            traits: components["schemas"]["TraitRow"][];
        };
        /** @description One segment in a list. */
        SegmentRow: {
            /** @description Whom it is about: `customers`. */
            about: string;
            /** @description When its current version was written. */
            changed_at: components["schemas"]["Instant"];
            /** @description Who wrote it: the name of a person; null for files and programs. */
            changed_by: string | null;
            /**
             * Format: int64
             * @description How many are in, of those the caller may see. Exact.
             */
            count: number;
            /**
             * Format: int64
             * @description How many are in now who were not seven days before.
             */
            entered_7d: number;
            /** @description Why it is not evaluated, if it is not. */
            faults: components["schemas"]["Fault"][];
            golden: components["schemas"]["GoldenName"] | null;
            id: string;
            /**
             * Format: int64
             * @description How many were in seven days before who are not now.
             */
            left_7d: number;
            name: string;
            next_action: string | null;
            origin: components["schemas"]["OriginName"];
            /** @description Who answers for it. */
            owner: string | null;
            purpose: string | null;
            retired: boolean;
            /** @description The day by which it is to be looked at again, such as `2027-03-01`. */
            review_on: string | null;
            /** @description Whether the day by which it is to be looked at again is over. */
            review_overdue: boolean;
            /** @description The day on which it was looked at last. */
            reviewed_on: string | null;
            /** @description The condition as a sentence. */
            sentence: string;
            /**
             * @description How many were in at the end of each of the last 14 days, oldest first, and now. Null until that is counted, and
             *     for those who see own customers only.
             */
            sparkline: number[] | null;
            /** @description The segments that refer to this one. */
            used_by: string[];
            /** Format: int32 */
            version: number;
        };
        /** @description How large a segment was. */
        SegmentSizes: {
            as_of: components["schemas"]["Instant"];
            days: components["schemas"]["SizeDay"][];
            /** @description Its versions written within these days, oldest first. */
            edits: components["schemas"]["Edit"][];
        };
        /** @description All segments, with how many are in each. */
        Segments: {
            as_of: components["schemas"]["Instant"];
            segments: components["schemas"]["SegmentRow"][];
        };
        /** @description Who is signed in, and where. */
        Session: {
            /** @description Whether this is the sample firm, signed in by itself. */
            demo: boolean;
            /** @description Whether nobody has set the workspace up yet. */
            setup_needed: boolean;
            user: components["schemas"]["User"] | null;
            workspace: components["schemas"]["WorkspaceCard"];
        };
        /** @description Setting the workspace up by the one-time link. */
        SetUp: {
            email: string;
            name: string;
            password: string;
            token: string;
        };
        /** @description What stands in a cell beside the number of customers. */
        Shown: {
            segment: string;
            /** @enum {string} */
            show: "share";
        } | {
            /** Format: int32 */
            days: number;
            event: string;
            of: string;
            /** @enum {string} */
            show: "amount";
        };
        /** @description How trying a sign stands, and what came of it the last time. */
        SignBacktest: components["schemas"]["WorkTold"] & {
            /** @description What counts as right. */
            foretold: components["schemas"]["ForetoldSaid"];
            result: components["schemas"]["ProofTold"] | null;
        };
        /** @description A sign to write. */
        SignBody: {
            /** @description The sign as it is written in a file. */
            definition: Record<string, unknown>;
            /**
             * Format: int32
             * @description The version that was changed, 0 for a recipe as it comes; needed for a change only.
             */
            version?: number | null;
        };
        /** @description A sign that a customer carries, part by part. */
        SignDetail: components["schemas"]["SignHeld"] & {
            explanation: string;
            momentum: components["schemas"]["MomentumShown"];
            parts: components["schemas"]["PartHeld"][];
            /** @description Why, in one sentence. */
            sentence: string;
            steady_until: components["schemas"]["Instant"] | null;
            /** Format: int32 */
            threshold: number;
        };
        /** @description A sign that a customer carries now. */
        SignHeld: {
            id: string;
            /** @description Whether the last click on it, for as long as it has been carried now, says right; null without a click. */
            judged_right: boolean | null;
            kind: components["schemas"]["SignKind"];
            name: string;
            /** @description Since when it is carried without a break. */
            since: components["schemas"]["Instant"];
            /**
             * Format: int32
             * @description 0 to 100.
             */
            strength: number;
            /** @description Whether it goes before all signs that are not urgent. */
            urgent: boolean;
        };
        /** @description Signing in. */
        SignIn: {
            email: string;
            password: string;
        };
        /**
         * @description What a sign foretells.
         * @enum {string}
         */
        SignKind: "purchase" | "upsell" | "churn" | "follow_up" | "replenishment";
        /** @description One sign. */
        SignRow: {
            /** @description How many carry it now, of those the caller may see. */
            count: number;
            /** @description The likely situation behind it. */
            explanation: string;
            /** @description Why nobody can carry it, if so. */
            faults: components["schemas"]["Fault"][];
            /**
             * Format: int32
             * @description Within how many days what it foretells is expected.
             */
            horizon_days: number;
            id: string;
            kind: components["schemas"]["SignKind"];
            name: string;
            next_action: string;
            origin: components["schemas"]["OriginName"];
            parts: components["schemas"]["PartRow"][];
            /** @description What must hold for it to mean anything, as a sentence. */
            requires: string | null;
            /** @description What to say. */
            script: string;
            /** @description How it stands with people and with its past. */
            standing: components["schemas"]["Standing"];
            state: components["schemas"]["SignState"];
            /**
             * Format: int32
             * @description From which strength on it counts.
             */
            threshold: number;
            /** @description Whether it goes before all signs that are not urgent. */
            urgent: boolean;
            /**
             * Format: int32
             * @description 0 for a recipe that nobody has changed.
             */
            version: number;
        };
        /** @description One sign with its definition. */
        SignShown: components["schemas"]["SignRow"] & {
            changed_at: components["schemas"]["Instant"] | null;
            changed_by: string | null;
            /** @description The sign as it is written in a file. */
            definition: Record<string, unknown>;
        };
        /**
         * @description Where a sign stands.
         * @enum {string}
         */
        SignState: "in_force" | "draft" | "off" | "faulty";
        /** @description One version of a sign. */
        SignVersion: {
            at: components["schemas"]["Instant"];
            by: string | null;
            /** @description The sign as it was written; null when it can no longer be read. */
            definition: Record<string, unknown> | null;
            origin: components["schemas"]["OriginName"];
            /** @description Whether the sign was switched off as of this version. */
            retired: boolean;
            /** Format: int32 */
            version: number;
        };
        /** @description The versions of a sign. */
        SignVersions: {
            /** @description Newest first. */
            versions: components["schemas"]["SignVersion"][];
        };
        /** @description Who has signed in. */
        SignedInUser: {
            user: components["schemas"]["User"];
        };
        /** @description All signs. */
        Signs: {
            as_of: components["schemas"]["Instant"];
            signs: components["schemas"]["SignRow"][];
        };
        /** @description What became of a file of signs. */
        SignsTaken: {
            added: number;
            changed: number;
            unchanged: number;
        };
        /** @description One site of a firm. */
        SiteShown: {
            /** @description As the record known first has it. */
            address: string | null;
            /** @description The branch's name; null where nothing says one. */
            branch: string | null;
            id: string;
            records: components["schemas"]["RecordShown"][];
        };
        /** @description The size at the end of one day; now, for today. */
        SizeDay: {
            day: components["schemas"]["Day"];
            /** Format: int64 */
            members: number;
        };
        /** @description Who told us. */
        Source: {
            /** Format: int64 */
            batches: number;
            /**
             * Format: int64
             * @description Whole days since then.
             */
            days_old: number;
            /** @description What people call it. */
            label: string;
            /** @description The latest file, or how many of what came in the latest batch. */
            latest: string;
            name: string;
            /** Format: int64 */
            rows: number;
            /** @description When it last told something. */
            told_at: components["schemas"]["Instant"];
        };
        /**
         * @description What a run is at.
         * @enum {string}
         */
        StageName: "waiting" | "reading" | "learning" | "scoring" | "writing";
        /** @description How a sign stands with people and with its past. */
        Standing: {
            /** @description Whether its rows on Today count half because of this. */
            counts_half: boolean;
            /** @description How it is said that the sign is no longer as good as it was; null while it is. */
            fallen: string | null;
            rate: components["schemas"]["RateShown"] | null;
            regard: components["schemas"]["RegardName"];
            /** Format: int64 */
            right: number;
            /** @description All of it in a sentence. */
            sentence: string;
            /** Format: int64 */
            wrong: number;
        };
        /**
         * @description How far an import has come.
         * @enum {string}
         */
        StateName: "read" | "checking" | "checked" | "committing" | "committed" | "undone" | "failed" | "cancelled";
        /**
         * @description How the server is.
         * @enum {string}
         */
        Status: "ok" | "starting";
        /** @description One unbroken stay. */
        StayRow: {
            entered: components["schemas"]["Instant"] | null;
            left: components["schemas"]["Instant"] | null;
        };
        /** @description When one customer was in. */
        StaysRow: {
            customer: components["schemas"]["CustomerName"];
            stays: components["schemas"]["StayRow"][];
        };
        /** @description The parts of the sum by which the list is ordered. */
        Sum: {
            /** Format: double */
            recent_contact: number;
            /**
             * Format: double
             * @description 1, or 0.5 for a sign whose past and people speak against it.
             */
            standing: number;
            /** Format: int32 */
            strength: number;
            /** @description The sum written out: `82 × 1.4 × 1.2 − 15 = 122.76`. */
            text: string;
            /** Format: double */
            time_left: number;
            /** Format: double */
            value: number;
        };
        /** @description What was learnt of what is bought again and again. */
        SupplyShown: {
            as_of: components["schemas"]["Instant"];
            check: components["schemas"]["CheckShown"] | null;
            /**
             * Format: int64
             * @description Customers with at least one purchase, and their habits.
             */
            customers: number;
            event: string;
            /** Format: int64 */
            habits: number;
            /** @description Whether there was enough to learn from. */
            learnt: boolean;
            /**
             * Format: int32
             * @description Bought on fewer days, a product is no habit.
             */
            least_days: number;
            lesson_habits: number;
            /** @description At so many days of the past, from so many habits; of one customer in `one_in`. */
            lessons: number;
            /** Format: int32 */
            one_in: number;
            property: string;
            /** @description All of it in words. */
            sentence: string;
            /**
             * Format: int32
             * @description Last bought longer ago, a product is given up.
             */
            silent_days: number;
            /**
             * Format: int32
             * @description A probability is that of a purchase in so many days.
             */
            within_days: number;
        };
        /** @description A table to count. */
        TableBody: {
            /**
             * Format: int32
             * @description So many days before, to compare with.
             */
            before_days?: number | null;
            columns?: components["schemas"]["AxisBody"] | null;
            rows: components["schemas"]["AxisBody"];
            shown?: components["schemas"]["Shown"] | null;
            /** @description Only the members of this segment. */
            within?: string | null;
        };
        /** @description A tag. */
        Tag: {
            /**
             * Format: int64
             * @description Events taken in, since it was made.
             */
            accepted: number;
            created_at: components["schemas"]["Instant"];
            /** @description The events beside page views that it may tell. */
            events: string[];
            /** @description Not secret: it stands in the pages of the site, and can only write. */
            key: string;
            last_origin: string | null;
            last_seen_at: components["schemas"]["Instant"] | null;
            name: string;
            /** @description The sites on which it works: `https://www.example.jp`. */
            origins: string[];
            refused: string | null;
            refused_at: components["schemas"]["Instant"] | null;
            /** @description What is put into the pages. `{base}` stands for the address of this server. */
            snippet: string;
        };
        /** @description A tag to make, or what is to be changed of one. */
        TagBody: {
            /** @description The events beside page views that it may tell. */
            events?: string[];
            /** @description The sites on which it works: `https://www.example.jp`. */
            origins: string[];
        };
        /** @description The tags. */
        TagList: {
            tags: components["schemas"]["Tag"][];
        };
        /** @description A tag that was made or changed. */
        TagMade: {
            /**
             * @description Of what the site's own server makes the proof that a visitor is a customer: HMAC-SHA256(secret, customer's key), in
             *     hexadecimal digits. Shown once, when the tag is made.
             */
            secret: string | null;
            tag: components["schemas"]["Tag"];
        };
        /** @description What became of a batch. Whatever was accepted is on disk. */
        TakenIn: {
            /** Format: int64 */
            accepted: number;
            /** @description How many were there before. */
            duplicates: number;
            rejected: components["schemas"]["Rejected"][];
        };
        /**
         * @description How soon the customer may buy.
         * @enum {string}
         */
        Temperature: "now" | "comparing" | "cold";
        /** @description What a template looks at. */
        TemplateNeeds: {
            /** @description Attributes by name. */
            attributes: string[];
            /** @description Events by name; `login*` stands for every name that begins so. */
            events: string[];
            /** @description Other segments; they are templates too. */
            segments: string[];
        };
        /** @description One template. */
        TemplateRow: {
            condition: Record<string, unknown>;
            group: components["schemas"]["Group"];
            id: string;
            /** @description The needed names of which this workspace has no facts. */
            missing: string[];
            names: components["schemas"]["Names"];
            needs: components["schemas"]["TemplateNeeds"];
            next_action: components["schemas"]["Names"];
            purpose: components["schemas"]["Names"];
            /** @description The requirement it is an example of. */
            row: string;
            sentence: string;
        };
        /** @description Segments to begin with. */
        Templates: {
            templates: components["schemas"]["TemplateRow"][];
        };
        /** @description For how many a criterion is met, not met, and not known. */
        TendencyShown: {
            /** Format: int64 */
            met: number;
            /** Format: int64 */
            unknown: number;
            /** Format: int64 */
            unmet: number;
        };
        /** @description A tenth of what was held back, by score. */
        TenthRow: {
            /** Format: int64 */
            n: number;
            /** Format: double */
            score: number;
            share: components["schemas"]["FigureBody"];
        };
        /** @description A text with what was found in it. */
        TextShown: {
            /** @description The property it is: `issue`. */
            field: string;
            /** @description Days, sums and numbers of things. */
            hints: components["schemas"]["HintShown"][];
            hits: components["schemas"]["HitShown"][];
            label: string;
            /** @description The whole text, cut where a found place begins or ends. */
            pieces: components["schemas"]["Piece"][];
        };
        /** @description Texts to be read before they are sent. */
        TextsBody: {
            issue?: string | null;
            remark?: string | null;
            text?: string | null;
        };
        /** @description Texts as they were read. */
        TextsRead: {
            texts: components["schemas"]["TextShown"][];
        };
        /** @description Events of a customer, newest first. */
        Timeline: {
            /** @description How many events there are in each local month. */
            months: components["schemas"]["Month"][];
            /** @description `before` of the next page; null on the last one. */
            next: string | null;
            rows: components["schemas"]["TimelineRow"][];
        };
        /** @description One event. */
        TimelineRow: {
            at: components["schemas"]["Instant"];
            /** @description The person it is about. */
            contact: string | null;
            customer: components["schemas"]["CustomerName"] | null;
            label: string;
            name: string;
            /** @description Who told us. */
            source: string;
            text: string;
        };
        /** @description Today's call list. */
        Today: {
            as_of: components["schemas"]["Instant"];
            /** @description How many outcomes were reported today. */
            done_today: number;
            next_change_at: components["schemas"]["Instant"] | null;
            rep: string | null;
            /** @description How many rows there are for each rep. */
            reps: components["schemas"]["RepCount"][];
            rows: components["schemas"]["TodayRow"][];
            /** @description How many rows there are in all. */
            total: number;
        };
        /** @description One customer to contact. */
        TodayRow: {
            contact: components["schemas"]["ContactRow"] | null;
            customer: components["schemas"]["CustomerName"];
            /** @description By when to contact them. */
            due: components["schemas"]["Instant"];
            evidence: components["schemas"]["EvidenceRow"][];
            /** @description Which way the leading sign goes. */
            momentum: components["schemas"]["MomentumShown"];
            next: components["schemas"]["NextRow"] | null;
            next_action: string;
            offer: components["schemas"]["OfferFit"] | null;
            other_signs: components["schemas"]["SignHeld"][];
            /** Format: double */
            priority: number;
            reason: string;
            recent_contact_at: components["schemas"]["Instant"] | null;
            rep: string | null;
            /** @description What to say. */
            script: string;
            /** @description The sign that leads. */
            sign: components["schemas"]["SignHeld"];
            sum: components["schemas"]["Sum"];
        };
        /** @description What is bought together. */
        TogetherShown: {
            as_of: components["schemas"]["Instant"];
            /**
             * Format: int64
             * @description Customers with at least one item.
             */
            customers: number;
            event: string;
            /** Format: int32 */
            horizon_days: number;
            /** @description Items that were tried, of so many there are. */
            items: number;
            items_seen: number;
            /** @description Those surer than chance among all that were tried, the surest first. */
            pairs: components["schemas"]["PairShown"][];
            property: string;
            trial: components["schemas"]["TrialShown"];
            /** @description So many pairs were tried. */
            tried: number;
        };
        /**
         * @description Whether a criterion told anything beforehand.
         * @enum {string}
         */
        ToldName: "too_little" | "right" | "unclear" | "wrong";
        /** @description A name in both languages. */
        TopicName: {
            en: string;
            ja: string;
        };
        /** @description A topic with what became of its rules. */
        TopicShown: {
            id: string;
            /** @description Whether it foretells something. */
            is_sign: boolean;
            name: components["schemas"]["TopicName"];
            rules: components["schemas"]["RuleShown"][];
            /**
             * Format: int64
             * @description In how many texts it comes up.
             */
            texts: number;
        };
        /**
         * @description What a trait is about.
         * @enum {string}
         */
        TraitKind: "attribute" | "event" | "property";
        /** @description One trait. */
        TraitRow: {
            /**
             * Format: double
             * @description The lift is at least this, with all compared traits taken into account.
             */
            at_least: number;
            condition: Record<string, unknown>;
            kind: components["schemas"]["TraitKind"];
            /**
             * Format: double
             * @description How many times as often members have it; null where nobody else has it.
             */
            lift: number | null;
            /** Format: int64 */
            members: number;
            /** Format: int64 */
            rest: number;
            sentence: string;
        };
        /** @description A condition to try. */
        Trial: {
            condition: Record<string, unknown>;
            /** @description The saved segment that is being edited. */
            segment?: string | null;
        };
        /** @description How suggestions did on what customers bought for the first time after an instant. */
        TrialShown: {
            /**
             * Format: int64
             * @description Customers who bought something new since.
             */
            n: number;
            ours: components["schemas"]["RateShown"] | null;
            popular: components["schemas"]["RateShown"] | null;
            /** @description All of it in a sentence. */
            sentence: string;
            /** @description What was known then was learnt of. */
            split: components["schemas"]["Instant"];
            verdict: components["schemas"]["TrialVerdict"];
        };
        /**
         * @description What a trial says.
         * @enum {string}
         */
        TrialVerdict: "too_little" | "better" | "no_better" | "worse";
        /** @description A condition about which one customer is asked. */
        TrialWhy: {
            condition: Record<string, unknown>;
        };
        /** @description What came of it. */
        Tried: {
            /** @description What is wrong with the dictionary, and which of its examples come out otherwise. */
            faults: components["schemas"]["Fault"][];
            text: components["schemas"]["TextShown"] | null;
        };
        /** @description A dictionary and a text to try it on. */
        TryBody: {
            /** @description The dictionary; the one in force when left out. */
            draft?: Record<string, unknown> | null;
            text: string;
        };
        /** @description What was taken back. */
        Undone: {
            undone: boolean;
        };
        /** @description A person who may sign in. */
        User: {
            email: string;
            /** Format: int64 */
            id: number;
            language: components["schemas"]["Language"];
            /** @description The names of what this person may do. */
            may: string[];
            name: string;
            /** @description The rep whose customers this person owns. */
            rep: string | null;
            role: components["schemas"]["Role"];
        };
        Value: unknown;
        /** @description The value model, held against the last days of the past. */
        ValueBody: {
            /** Format: double */
            came: number | null;
            /** Format: int32 */
            checked_days: number | null;
            /** Format: double */
            error: number | null;
            /** Format: double */
            error_of_rate: number | null;
            /** Format: double */
            foretold: number | null;
            /** Format: double */
            ln_likelihood: number;
            parameters: components["schemas"]["ImportanceRow"][];
        };
        /**
         * @description The kind of value seen most often.
         * @enum {string}
         */
        ValueKind: "text" | "number" | "bool" | "date";
        /** @description How much a customer will buy. */
        ValueRow: {
            /**
             * Format: double
             * @description The probability of any purchase in the horizon.
             */
            any: number;
            half_on: components["schemas"]["Day"] | null;
            /** Format: int32 */
            horizon_days: number;
            model: string;
            name: string;
            /** Format: double */
            purchases: number;
            /** Format: double */
            purchases_high: number;
            /**
             * Format: double
             * @description Four times of five it lies between these.
             */
            purchases_low: number;
            /**
             * Format: double
             * @description Null where no amounts are known.
             */
            value: number | null;
            /** Format: double */
            value_high: number | null;
            /** Format: double */
            value_low: number | null;
        };
        /** @description How well a variant fits. */
        VariantFit: {
            amount: components["schemas"]["AmountShown"] | null;
            /** Format: int32 */
            at_most: number;
            /** @description What is changed; may be empty. */
            change: string;
            id: string;
            /** Format: int32 */
            level: number;
            name: string;
            /** @description How each criterion stands with it. */
            states: components["schemas"]["MetName"][];
        };
        /** @description How an offer can be changed. */
        VariantRow: {
            amount: components["schemas"]["AmountShown"] | null;
            change: string;
            id: string;
            name: string;
        };
        /** @description Whether a found place is right. */
        VerdictBody: {
            /** @description Its first letter. */
            begin: number;
            field: string;
            /** @description Null takes the verdict back. */
            right?: boolean | null;
            /** @description The rule that found it. */
            rule: string;
        };
        /** @description A verdict that is kept. */
        VerdictKept: {
            right: boolean | null;
        };
        /**
         * @description Whether a sign can be believed.
         * @enum {string}
         */
        VerdictName: "too_little" | "foretells" | "unclear" | "misleads";
        /** @description How many are in now by a version. */
        VersionCount: {
            /** Format: int64 */
            count: number;
            /** Format: int32 */
            version: number;
        };
        /** @description One version with all it says. */
        VersionDetail: components["schemas"]["VersionRow"] & {
            condition: Record<string, unknown>;
            golden: components["schemas"]["GoldenName"] | null;
            names: components["schemas"]["Names"];
            next_action: string | null;
            purpose: string | null;
        };
        /** @description One version in a list. */
        VersionRow: {
            at: components["schemas"]["Instant"];
            /** @description The name of the person who wrote it; null for files and programs. */
            by: string | null;
            /** @description Whether this is the one that is evaluated. */
            in_force: boolean;
            origin: components["schemas"]["OriginName"];
            /** @description Whether the segment was out of use as of this version. */
            retired: boolean;
            /** @description The condition as a sentence; null when it can no longer be read. */
            sentence: string | null;
            /** Format: int32 */
            version: number;
        };
        /** @description All versions of a segment. */
        Versions: {
            /** @description Newest first. */
            versions: components["schemas"]["VersionRow"][];
        };
        /** @description The names in use. */
        Vocabulary: {
            attributes: components["schemas"]["AttributeWord"][];
            events: components["schemas"]["EventWord"][];
            segments: components["schemas"]["SegmentName"][];
        };
        /** @description The folder to watch. */
        WatchBody: {
            /** @description On the machine of the server, from the root on; null to watch none. */
            folder?: string | null;
        };
        /** @description The folder that is watched. */
        WatchFolder: {
            /** @description Why it cannot be looked at. */
            fault: string | null;
            files: components["schemas"]["WatchedFile"][];
            /** @description On the machine of the server; null when none is watched. */
            folder: string | null;
            looked_at: components["schemas"]["Instant"] | null;
        };
        /** @description A file in the folder. */
        WatchedFile: {
            file: string;
            state: components["schemas"]["FileState"];
        };
        /**
         * @description What was decided of a pair.
         * @enum {string}
         */
        WhatName: "same" | "different" | "later";
        /** @description Why a customer is in a segment or not. */
        Why: {
            as_of: components["schemas"]["Instant"];
            customer: components["schemas"]["CustomerName"];
            may_change_at: components["schemas"]["Instant"] | null;
            member: boolean;
            segment: components["schemas"]["SegmentName"];
            since: components["schemas"]["Instant"] | null;
            tree: components["schemas"]["ReasonNode"];
        };
        /** @description How often something was won, of those that were answered. */
        WonShown: {
            /** Format: double */
            high: number | null;
            /** Format: double */
            low: number | null;
            /** Format: int64 */
            of: number;
            /**
             * Format: double
             * @description With its exact interval of 95 %; null where nothing was answered.
             */
            share: number | null;
            /** Format: int64 */
            won: number;
        };
        /** @description How much has been done: customers looked at, or bytes. */
        WorkProgress: {
            /** Format: int64 */
            done: number;
            /**
             * Format: int64
             * @description 0 while that is not known.
             */
            total: number;
        };
        /**
         * @description Where a work stands.
         * @enum {string}
         */
        WorkState: "never" | "running" | "done" | "cancelled" | "failed";
        /** @description How a work stands. */
        WorkTold: {
            /** @description Why it failed. */
            error: string | null;
            progress: components["schemas"]["WorkProgress"] | null;
            state: components["schemas"]["WorkState"];
        };
        /** @description The workspace in brief. */
        WorkspaceCard: {
            name: string;
            now: components["schemas"]["Instant"];
            time_zone: string;
            version: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
